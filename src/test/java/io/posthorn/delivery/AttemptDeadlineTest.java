package io.posthorn.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An endpoint whose first try fails late and is worth another, which then hangs. */
@Timeout(30)
class AttemptDeadlineTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final String HOST = "late.example";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final NamesInTest names = new NamesInTest();
    private final ClientInTest client = new ClientInTest(names, "posthorn.delivery.timeout", TIMEOUT.toString());

    @AfterEach
    void stop() {
        client.close();
        timer.shutdownNow();
    }

    @Test
    void bothTriesOfAnAttemptEndWithinItsTimeout() throws IOException {
        names.put(HOST, "127.0.0.1");
        CountDownLatch firstLookup = names.keepSilentAbout(HOST);
        AtomicLong secondTry = new AtomicLong();
        timer.schedule(
                () -> {
                    names.keepSilentAbout(HOST);
                    secondTry.set(System.nanoTime());
                    firstLookup.countDown();
                },
                TIMEOUT.toMillis() / 2,
                MILLISECONDS);

        CompletableFuture<EndpointResponse> answer = client.post("http://" + HOST + ":" + portThatRefuses() + "/");

        assertThat(answer).failsWithin(Duration.ofSeconds(20));
        assertThat(names.timesAskedFor(HOST)).isEqualTo(2);
        // With a time of its own it would have taken all of that.
        assertThat(Duration.ofNanos(System.nanoTime() - secondTry.get())).isLessThan(TIMEOUT);
    }

    private static int portThatRefuses() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return closed.getLocalPort();
        }
    }
}
