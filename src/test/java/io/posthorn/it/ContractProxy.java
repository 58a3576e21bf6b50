package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Stands between a client and a running Posthorn, and fails the client's call if an answer breaks the contract: for clients
 * that nobody looks into, such as the SDKs.
 */
final class ContractProxy implements AutoCloseable {

    /** A status that no client repeats. */
    private static final int BROKEN = 418;

    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "content-length", "host", "http2-settings", "upgrade");

    /** By the URL that each leads to; they end with the tests. */
    private static final Map<String, ContractProxy> SHARED = new ConcurrentHashMap<>();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
    private final Set<String> parameters = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final String target;

    /** The one that leads to a URL, for all who want nothing of it but that. */
    static ContractProxy of(String target) {
        return SHARED.computeIfAbsent(target, ContractProxy::new);
    }

    ContractProxy(String target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::forward);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void forward(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path))
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            answer(exchange, client.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The operations of the document that were called and were served. */
    Set<String> succeeded() {
        return succeeded;
    }

    /** The query parameters of the document's operations that were given and were served. */
    Set<String> parameters() {
        return parameters;
    }

    private void answer(HttpExchange exchange, HttpResponse<String> response) throws IOException {
        Optional<String> violation = Gateway.violation(response);
        if (violation.isEmpty() && response.statusCode() < 300) {
            URI uri = exchange.getRequestURI();
            SvixContract.SERVER
                    .name(exchange.getRequestMethod(), uri.toString())
                    .ifPresent(operation -> note(operation, uri));
        }
        byte[] body = violation.orElse(response.body()).getBytes(UTF_8);
        response.headers()
                .firstValue("content-type")
                .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
        exchange.sendResponseHeaders(
                violation.isPresent() ? BROKEN : response.statusCode(), body.length == 0 ? -1 : body.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(body);
        }
    }

    private void note(String operation, URI uri) {
        succeeded.add(operation);
        if (uri.getQuery() != null) {
            Stream.of(uri.getQuery().split("&"))
                    .map(given -> operation + "?" + given.replaceFirst("=.*", ""))
                    .forEach(parameters::add);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
