package io.posthorn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.bench.inside.Batches;
import io.posthorn.it.ExtendedWar;
import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One Posthorn on a durable PostgreSQL, with the sink that its endpoints lead to. */
final class Installation implements AutoCloseable {

    /** Attempts at the same time; of the bare client and the peers as well. */
    static final int IN_FLIGHT = Integer.getInteger("posthorn.bench.in-flight", 64);

    static final int ENDPOINTS = 10;
    static final String SECRET = "bench";
    private static final String TOKEN = "the admin token of the benchmark";

    final DurablePostgres database = new DurablePostgres();
    final Sink sink = new Sink();
    private final ServerKind kind;
    private final Path war = ExtendedWar.withPackageOf(Batches.class);
    private final Map<String, String> settings;
    private final List<ServerProcess> nodes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    Installation(ServerKind kind) {
        this.kind = kind;
        settings = new HashMap<>(database.settings());
        settings.put("posthorn.admin.token", TOKEN);
        settings.put("posthorn.sources.default.type", "generic");
        settings.put("posthorn.sources.default.secret", SECRET);
        settings.put("posthorn.inbound.rate-limit", "off");
        settings.put("posthorn.delivery.https-only", "false");
        settings.put("posthorn.delivery.allowed-subnets", "127.0.0.0/8,::1");
        settings.put("posthorn.delivery.max-in-flight", Integer.toString(IN_FLIGHT));
        addNode();
        application(Batches.APPLICATION, 1, "/one");
    }

    /** Starts one more server on the database. */
    void addNode() {
        nodes.add(new ServerProcess(kind, "Bench" + kind + nodes.size(), war, settings).start());
    }

    ServerProcess firstNode() {
        return nodes.get(0);
    }

    int port() {
        return URI.create(firstNode().url()).getPort();
    }

    /** Makes an application with endpoints that lead to the sink. */
    void application(String uid, int endpoints, String path) {
        call("POST", "/api/v1/app", "{\"name\":\"" + uid + "\",\"uid\":\"" + uid + "\"}");
        for (int i = 0; i < endpoints; i++) {
            addEndpoint(uid, path);
        }
    }

    void addEndpoint(String application, String path) {
        call(
                "POST",
                "/api/v1/app/" + application + "/endpoint",
                "{\"url\":\"http://127.0.0.1:" + sink.port() + path + "\"}");
    }

    void removeApplication(String uid) {
        call("DELETE", "/api/v1/app/" + uid, "");
    }

    String call(String method, String path, String body) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(firstNode().url() + path))
                            .header("Authorization", "Bearer " + TOKEN)
                            .method(method, BodyPublishers.ofString(body, UTF_8))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
        sink.close();
        database.close();
    }
}
