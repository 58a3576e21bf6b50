package io.posthorn.faults;

import io.posthorn.it.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory on a file system in memory, if we may mount one; an ordinary one otherwise. Small enough to be filled soon,
 * and large enough for what H2 writes under load before it uses space again; 64 MB were not.
 */
final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 4_096;

    private final Path directory;
    private final boolean mounted;

    SmallDisk() {
        try {
            directory = Files.createTempDirectory(
                    ServerProcess.posthornWar().toAbsolutePath().getParent(), "small-disk");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256m", "tmpfs", directory.toString());
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    Path directory() {
        return directory;
    }

    boolean isMounted() {
        return mounted;
    }

    /** Leaves no room. */
    void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream filling = Files.newOutputStream(filling())) {
            while (true) {
                filling.write(block);
            }
        } catch (IOException full) {
            if (!full.getMessage().contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }

    void free() {
        try {
            Files.delete(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filling() {
        return directory.resolve("filling");
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (mounted) {
            run("umount", "--lazy", directory.toString());
        }
    }
}
