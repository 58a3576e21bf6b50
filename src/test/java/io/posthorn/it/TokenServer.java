package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Issues OAuth 2 tokens to whoever asks: {@code token-1}, {@code token-2} and so on. */
final class TokenServer implements AutoCloseable {

    /** How a token was asked for. */
    record Asked(String authorization, String form) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    TokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", this::issue);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/token";
    }

    List<Asked> asked() {
        return asked;
    }

    /** Whether it refuses everybody. */
    void setBroken(boolean broken) {
        this.broken = broken;
    }

    private void issue(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        int nth = keep(new Asked(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), form));
        byte[] answer = (broken
                        ? "{\"error\":\"invalid_client\",\"error_description\":\"Nobody knows it\"}"
                        : "{\"access_token\":\"token-" + nth + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(broken ? 401 : 200, answer.length);
        try (OutputStream stream = exchange.getResponseBody()) {
            stream.write(answer);
        }
    }

    /** Each of several at once has a number of its own. */
    private synchronized int keep(Asked each) {
        asked.add(each);
        return asked.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
