package io.posthorn.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an answer of a stranger may cost. */
@Timeout(20)
class BoundedDownloadTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void asMuchAsIsAllowedIsRead() throws Exception {
        serve(exchange -> answer(exchange, 200, "12345"));

        assertThat(get(Duration.ofSeconds(10), 5)).asString(US_ASCII).isEqualTo("12345");
    }

    @Test
    void oneByteMoreIsNot() {
        serve(exchange -> answer(exchange, 200, "123456"));

        assertThatIOException()
                .isThrownBy(() -> get(Duration.ofSeconds(10), 5))
                .withStackTraceContaining("more than 5 bytes");
    }

    @Test
    void anAnswerWithoutAnEndIsLeft() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[8_192]);
            }
        });

        assertThatIOException()
                .isThrownBy(() -> get(Duration.ofSeconds(10), 65_536))
                .withStackTraceContaining("more than 65536 bytes");
    }

    /** The client's own timeout is over with the headers. */
    @Test
    void anAnswerThatDripsIsLeft() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody());
        });

        assertThatIOException()
                .isThrownBy(() -> get(Duration.ofMillis(500), 65_536))
                .withMessageContaining("took more than");
    }

    @Test
    void anAnswerThatDoesNotBeginIsLeft() {
        serve(exchange -> pause(60_000));

        assertThatIOException()
                .isThrownBy(() -> get(Duration.ofMillis(500), 65_536))
                .withMessageContaining("took more than");
    }

    @Test
    void anotherStatusIsNoAnswer() {
        serve(exchange -> answer(exchange, 404, "12345"));

        assertThatIOException().isThrownBy(() -> get(Duration.ofSeconds(10), 5)).withMessage("answered 404");
    }

    @Test
    void aRedirectIsNotFollowed() {
        serve(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        });

        assertThatIOException().isThrownBy(() -> get(Duration.ofSeconds(10), 5)).withMessage("answered 302");
        assertThat(requests).hasValue(1);
    }

    private void serve(HttpHandler handler) {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            handler.handle(exchange);
        });
    }

    private byte[] get(Duration timeout, int maxBytes) throws IOException, InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certificate");
        return new BoundedDownload(timeout, maxBytes).get(url);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
        exchange.getResponseBody().write(body.getBytes(US_ASCII));
        exchange.close();
    }

    private static void drip(OutputStream body) throws IOException {
        while (true) {
            body.write('x');
            body.flush();
            pause(50);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
