package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Receives deliveries: keeps each request as it came, and answers as the path was told to. */
final class Receiver implements AutoCloseable {

    /**
     * A request as it was received.
     *
     * @param certificate the name in that of the client, if it showed one
     * @param nanos {@link System#nanoTime} when it had come
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two requests
    record Request(
            String path, Map<String, List<String>> headers, byte[] body, Optional<String> certificate, long nanos) {

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
    private final String scheme;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, IntUnaryOperator> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> locations = new ConcurrentHashMap<>();
    private final Map<String, Integer> bodySizes = new ConcurrentHashMap<>();
    private final Map<String, Duration> delays = new ConcurrentHashMap<>();

    Receiver() {
        this("http", create(HttpServer::create));
    }

    /** One that is spoken to over TLS. */
    Receiver(SSLContext tls, boolean wantsCertificate) {
        this("https", create((address, backlog) -> {
            HttpsServer https = HttpsServer.create(address, backlog);
            https.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = tls.getDefaultSSLParameters();
                    wanted.setNeedClientAuth(wantsCertificate);
                    parameters.setSSLParameters(wanted);
                }
            });
            return https;
        }));
    }

    private Receiver(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.createContext("/", this::receive);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }

    private interface Creation {
        HttpServer create(InetSocketAddress address, int backlog) throws IOException;
    }

    private static HttpServer create(Creation creation) {
        try {
            return creation.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String path) {
        return scheme + "://localhost:" + server.getAddress().getPort() + path;
    }

    /** @param statusOfNth the status for the n-th request of the path, counted from 1 */
    void answer(String path, IntUnaryOperator statusOfNth) {
        statuses.put(path, statusOfNth);
    }

    void redirect(String path, int status, String location) {
        answer(path, n -> status);
        locations.put(path, location);
    }

    void askToComeBackAfter(String path, Duration delay) {
        delays.put(path, delay);
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
        int nth = keep(new Request(
                path, new HashMap<>(exchange.getRequestHeaders()), body, certificate(exchange), System.nanoTime()));
        int status = statuses.getOrDefault(path, n -> 200).applyAsInt(nth);
        if (locations.containsKey(path)) {
            exchange.getResponseHeaders().add("Location", locations.get(path));
        }
        if (delays.containsKey(path)) {
            exchange.getResponseHeaders()
                    .add("Retry-After", Long.toString(delays.get(path).toSeconds()));
        }
        byte[] answer = "x".repeat(bodySizes.getOrDefault(path, 2)).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(answer);
        }
    }

    /** Each of several requests at once has a number of its own. */
    private synchronized int keep(Request request) {
        requests.add(request);
        return requestsTo(request.path()).size();
    }

    private static Optional<String> certificate(HttpExchange exchange) {
        try {
            return exchange instanceof HttpsExchange https
                    ? Optional.of(https.getSSLSession().getPeerPrincipal().getName())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
