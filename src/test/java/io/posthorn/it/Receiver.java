package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** Receives deliveries: keeps each request as it came, and answers as the path was told to. */
final class Receiver implements AutoCloseable {

    /** A request as it was received. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two requests
    record Request(String path, Map<String, List<String>> headers, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        String header(String name) {
            return headers.get(name).get(0);
        }

        /** The headers in the form that the verifying libraries take. */
        HttpHeaders httpHeaders() {
            return HttpHeaders.of(headers, (name, value) -> true);
        }
    }

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, IntUnaryOperator> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> locations = new ConcurrentHashMap<>();
    private final Map<String, Integer> bodySizes = new ConcurrentHashMap<>();

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }

    String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** @param statusOfNth the status for the n-th request of the path, counted from 1 */
    void answer(String path, IntUnaryOperator statusOfNth) {
        statuses.put(path, statusOfNth);
    }

    void redirect(String path, int status, String location) {
        answer(path, n -> status);
        locations.put(path, location);
    }

    void answerWithBodyOf(String path, int bytes) {
        bodySizes.put(path, bytes);
    }

    List<Request> requestsTo(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(new Request(path, new HashMap<>(exchange.getRequestHeaders()), body));
        int status = statuses.getOrDefault(path, n -> 200)
                .applyAsInt(requestsTo(path).size());
        if (locations.containsKey(path)) {
            exchange.getResponseHeaders().add("Location", locations.get(path));
        }
        byte[] answer = "x".repeat(bodySizes.getOrDefault(path, 2)).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
