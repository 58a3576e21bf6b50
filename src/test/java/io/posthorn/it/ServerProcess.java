package io.posthorn.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A real server with a WAR, in a process of its own that can be stopped, killed and started again. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final ServerKind kind;
    private final Path directory;
    private final Path war;
    private final Map<String, String> settings;
    private final int port = freePort();
    private boolean accessLog;
    private Process process;

    /** @param name of a directory of its own below the build's; what it holds from an earlier build is dropped */
    public ServerProcess(ServerKind kind, String name, Path war, Map<String, String> settings) {
        this.kind = kind;
        this.directory = Path.of(ServerKind.property("it.directory"), name);
        this.war = war;
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent(
                "posthorn.data-dir", directory.resolve("posthorn-data").toString());
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        delete(directory);
    }

    /** Has it log its requests as well, by the server's own means. */
    ServerProcess withAccessLog() {
        accessLog = true;
        return this;
    }

    public static Path posthornWar() {
        return Path.of(ServerKind.property("it.war"));
    }

    /** Starts and waits until it is ready. */
    public ServerProcess start() {
        try {
            launchAndAwait();
        } catch (ConditionTimeoutException e) {
            if (log().stream().anyMatch(line -> line.contains("io.posthorn"))) {
                throw e;
            }
            // Payara 7 has been seen to stop for ever before it looked at any application.
            kill();
            launchAndAwait();
        }
        return this;
    }

    private void launchAndAwait() {
        launch();
        await().atMost(START_LIMIT).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("The server ended:\n" + log());
            }
            // Payara answers for the health of an application a moment before it answers for the application.
            return isReady() && answers("/api/v1/health", 204);
        });
    }

    /** Starts, and leaves the waiting to the caller. */
    void launch() {
        try {
            Files.createDirectories(directory);
            List<String> command = new ArrayList<>(kind.command(directory, war, port, settings));
            if (accessLog) {
                Files.createDirectories(kind.accessLogs(directory));
                command.addAll(kind.accessLogOptions(directory));
            }
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            builder.environment().put("JAVA_OPTS", String.join(" ", ServerKind.jvmOptions()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isReady() {
        return answers("/health/ready", 200);
    }

    private boolean answers(String path, int status) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == status;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public Path dataDirectory() {
        return Path.of(settings.get("posthorn.data-dir"));
    }

    /** The token that the server generated and keeps in its data directory. */
    String generatedToken() {
        try {
            return Files.readString(dataDirectory().resolve("admin-token")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> log() {
        return lines(logFile());
    }

    /** What it has logged of its requests, some seconds late. */
    List<String> accessLog() {
        try (Stream<Path> files = Files.list(kind.accessLogs(directory))) {
            return files.filter(file -> file.getFileName().toString().contains("access_log"))
                    .flatMap(file -> lines(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that runs Java: the server, or the child of its start script. */
    public long pid() {
        return process.descendants()
                .reduce((first, last) -> last)
                .orElse(process.toHandle())
                .pid();
    }

    /** As {@code kill -STOP} does: it does nothing any more, and its connections stay open. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -9} does, children of a start script included. */
    public void kill() {
        if (process != null) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(children);
        }
    }

    /** As {@code kill} does, and waits for the end. */
    public void stop() {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroy);
        process.destroy();
        awaitEnd(children);
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
        kill();
    }

    private void awaitEnd(List<ProcessHandle> children) {
        try {
            process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (ProcessHandle child : children) {
                child.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("A server process does not end", e);
        }
    }

    private Path logFile() {
        return directory.resolve("server.log");
    }

    /** Deletes a directory, if it is there, with whatever is in it. */
    public static void delete(Path directory) {
        try {
            if (Files.exists(directory)) {
                try (Stream<Path> paths = Files.walk(directory)) {
                    for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
