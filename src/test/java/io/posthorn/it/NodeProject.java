package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of {@code src/test/node} below the build's directory, where packages may be installed and tests run. */
final class NodeProject {

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path directory = Path.of(ServerKind.property("it.directory"), "node");

    NodeProject() {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(SOURCE)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command is there to be run. */
    static boolean has(String command) {
        try {
            Process process = new ProcessBuilder(command, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a command; if it fails, so does the test, with its output. */
    void run(Map<String, String> environment, String... command) {
        assertThat(failure(environment, command)).isEmpty();
    }

    /** Runs a command, whose output goes to a file; what it says if it fails. */
    Optional<String> failure(Map<String, String> environment, String... command) {
        Path output = directory.resolve(command[0] + ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = waitFor(process);
            return ended && process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(
                            String.join(" ", command) + (ended ? " failed" : " did not end") + ":\n" + text(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean waitFor(Process process) {
        try {
            return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static String text(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
