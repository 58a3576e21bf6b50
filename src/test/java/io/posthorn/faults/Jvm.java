package io.posthorn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.it.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks into a server's process from outside, with the JDK's own tool. */
public final class Jvm {

    private final long pid;

    public Jvm(ServerProcess server) {
        pid = server.pid();
    }

    /** The first lines of the threads that are somewhere in a package. */
    List<String> threadsIn(String packagePrefix) {
        return Stream.of(jcmd("Thread.print").split("\n\n"))
                .filter(thread -> thread.contains("\tat " + packagePrefix))
                .map(thread -> thread.lines().findFirst().orElse(""))
                .toList();
    }

    /** The live objects, after a full collection. */
    public Heap heapAfterCollection() {
        long bytes = 0;
        long ours = 0;
        for (String line : jcmd("GC.class_histogram").lines().toList()) {
            // num: instances bytes class (module)
            String[] columns = line.trim().split(" +");
            if (columns.length >= 4 && columns[0].endsWith(":") && !columns[0].equals("num")) {
                bytes += Long.parseLong(columns[2]);
                ours += columns[3].contains("io.posthorn.") ? Long.parseLong(columns[1]) : 0;
            }
        }
        return new Heap(bytes, ours);
    }

    /**
     * What is live.
     *
     * @param ours objects of Posthorn's own classes
     */
    public record Heap(long bytes, long ours) {}

    /** Writes the live objects to a file, after a full collection. */
    void dump(Path file) {
        jcmd("GC.heap_dump", file.toAbsolutePath().toString());
    }

    long threads() {
        return entries("task");
    }

    /** Files and sockets. */
    long openFiles() {
        return entries("fd");
    }

    private long entries(String directory) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), directory))) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String... command) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            List<String> line = new ArrayList<>(List.of(tool.toString(), Long.toString(pid)));
            line.addAll(List.of(command));
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
