package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint sees of the client. */
class OnTheWireTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final NamesInTest names = new NamesInTest();
    private final ClientInTest client = new ClientInTest(names);
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer receiver;

    @BeforeEach
    void receive() throws IOException {
        names.put("127.0.0.1", "127.0.0.1");
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            connections.add(exchange.getRemoteAddress());
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            headers.add(exchange.getRequestHeaders());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.getResponseBody().close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        client.close();
        receiver.stop(0);
    }

    @Test
    void oneDeliveryAfterAnotherTakesTheConnectionThatIsThere() {
        for (int i = 0; i < 20; i++) {
            assertThat(client.post(url())).succeedsWithin(SOON);
        }

        assertThat(requests).hasSize(20);
        // On a busy machine the next one may leave before the connection of the last is free again.
        assertThat(connections).hasSizeLessThan(10);
    }

    @Test
    void noCompressedAnswerIsAskedFor() {
        assertThat(client.post(url())).succeedsWithin(SOON);

        assertThat(headers.get(0)).containsKey("Host").doesNotContainKey("Accept-encoding");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsTheAnswer(int redirect) {
        status = redirect;

        assertThat(client.post(url()))
                .succeedsWithin(SOON)
                .extracting(EndpointResponse::status)
                .isEqualTo(redirect);
        assertThat(requests).containsExactly("POST /hook");
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }
}
