package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.posthorn.it.CertificateAuthority;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An HTTPS endpoint behind an HTTP proxy: the proxy is asked for a tunnel, and sees nothing of what goes through it. */
class TunnelOnTheWireTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("An authority of our own");
    private static final SSLContext TLS = CertificateAuthority.serverContext(AUTHORITY.issue("receiver"), AUTHORITY);

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile String answer = "200 Connected";
    private ServerSocket proxy;
    private HttpsServer receiver;
    private ClientInTest client;

    @BeforeEach
    void listen() throws IOException {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        receiver = HttpsServer.create(new InetSocketAddress(here, 0), 0);
        receiver.setHttpsConfigurator(new HttpsConfigurator(TLS));
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, -1);
        });
        receiver.start();
        proxy = new ServerSocket(0, 50, here);
        threads.execute(this::accept);
        Path authorities = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
        NamesInTest names = new NamesInTest();
        names.put("127.0.0.1", "127.0.0.1");
        client = new ClientInTest(
                names,
                "posthorn.delivery.proxy",
                "http://127.0.0.1:" + proxy.getLocalPort(),
                "posthorn.delivery.ca-file",
                authorities.toString());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        receiver.stop(0);
        threads.shutdownNow();
    }

    @Test
    void theProxyIsAskedForATunnelAlone() {
        assertThat(client.post(url()))
                .succeedsWithin(SOON)
                .extracting(EndpointResponse::status)
                .isEqualTo(200);

        assertThat(asked)
                .containsExactly("CONNECT 127.0.0.1:" + receiver.getAddress().getPort() + " HTTP/1.1");
        assertThat(received).containsExactly("POST /hook");
    }

    @Test
    void whoGetsNoTunnelHasSentNothing() {
        answer = "403 Forbidden";

        assertThat(client.post(url()))
                .satisfies(answered -> assertThat(answered)
                        .succeedsWithin(SOON)
                        .extracting(EndpointResponse::status)
                        .isEqualTo(403));

        assertThat(received).isEmpty();
    }

    private String url() {
        return "https://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private void accept() {
        while (!proxy.isClosed()) {
            try {
                Socket asking = proxy.accept();
                threads.execute(() -> serve(asking));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** The client says nothing behind its request for a tunnel until that is answered, so reading ahead loses nothing. */
    private void serve(Socket asking) {
        try (asking) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(asking.getInputStream(), US_ASCII));
            asked.add(lines.readLine());
            while (!lines.readLine().isEmpty()) {
                // A header.
            }
            String length = answer.startsWith("200") ? "" : "Content-Length: 0\r\nConnection: close\r\n";
            asking.getOutputStream().write(("HTTP/1.1 " + answer + "\r\n" + length + "\r\n").getBytes(US_ASCII));
            if (answer.startsWith("200")) {
                tunnel(asking);
            }
        } catch (IOException endOfThisConnection) {
            // The client sees that it is closed.
        }
    }

    private void tunnel(Socket asking) throws IOException {
        try (Socket target = new Socket("127.0.0.1", receiver.getAddress().getPort())) {
            threads.execute(() -> copy(target, asking));
            copy(asking, target);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (Closeable source = from;
                Closeable sink = to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException endOfThisConnection) {
            // Both sides are closed.
        }
    }
}
