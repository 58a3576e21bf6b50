package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of attempts when a name server is slow, silent or lying. */
@Timeout(60)
class NameServerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final NamesInTest names = new NamesInTest();
    private final ClientInTest client =
            new ClientInTest(names, "posthorn.delivery.timeout", "PT4S", "posthorn.delivery.max-in-flight", "2");
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(exchange.getRequestHeaders().getFirst("host").replaceFirst(":.*", ""));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        names.put("receiver.example", "127.0.0.1");
    }

    @AfterEach
    void stop() {
        client.close();
        receiver.stop(0);
    }

    @Test
    void nobodyWaitsForTheNameOfAnother() {
        names.keepSilentAbout("slow.example");

        CompletableFuture<EndpointResponse> slow = client.post(url("slow.example"));
        CompletableFuture<EndpointResponse> other = client.post(url("receiver.example"));

        assertThat(other)
                .succeedsWithin(SOON)
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(204));
        assertThat(slow).failsWithin(SOON);
    }

    @Test
    void aNameThatNobodyAnswersForEndsInATimeout() {
        names.keepSilentAbout("slow.example");

        assertThat(client.post(url("slow.example")))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void aNameThatIsFoundInTimeIsDeliveredTo() {
        names.put("slow.example", "127.0.0.1");
        CountDownLatch silence = names.keepSilentAbout("slow.example");

        CompletableFuture<EndpointResponse> answer = client.post(url("slow.example"));
        silence.countDown();

        assertThat(answer).succeedsWithin(SOON);
    }

    @Test
    void whatWaitedForANameInVainTakesNoConnectionFromOthers() {
        List<CompletableFuture<EndpointResponse>> slow = Stream.of("a.example", "b.example", "c.example", "d.example")
                .map(host -> {
                    names.keepSilentAbout(host);
                    return client.post(url(host));
                })
                .toList();
        slow.forEach(each -> assertThat(each).failsWithin(SOON));

        assertThat(client.post(url("receiver.example"))).succeedsWithin(SOON);
    }

    @Test
    void manyNamesThatNobodyAnswersForHoldUpNoOther() {
        try (ClientInTest busy = new ClientInTest(
                names, "posthorn.delivery.timeout", "PT20S", "posthorn.delivery.max-in-flight", "100")) {
            List<CompletableFuture<EndpointResponse>> slow = IntStream.range(0, 99)
                    .mapToObj(i -> "slow" + i + ".example")
                    .map(host -> {
                        names.keepSilentAbout(host);
                        return busy.post(url(host));
                    })
                    .toList();

            assertThat(busy.post(url("receiver.example"))).succeedsWithin(SOON.dividedBy(2));
            assertThat(slow).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void nothingIsSentWhenTheNameIsFoundTooLate() {
        names.put("slow.example", "127.0.0.1");
        CountDownLatch silence = names.keepSilentAbout("slow.example");
        assertThat(client.post(url("slow.example"))).failsWithin(SOON);
        silence.countDown();

        assertThat(client.post(url("receiver.example"))).succeedsWithin(SOON);
        assertThat(received).containsExactly("receiver.example");
    }

    @Test
    void aNameOfAnAddressThatIsNotAllowedIsBlocked() {
        names.put("inside.example", "10.0.0.1");

        assertThat(client.post(url("inside.example")))
                .failsWithin(SOON)
                .withThrowableThat()
                .withMessageContaining("blocked: inside.example resolves to 10.0.0.1");
    }

    @Test
    void anAddressThatNeverAnswersIsPassedOver() throws Exception {
        try (BlackHole blackHole =
                new BlackHole("127.0.0.2", receiver.getAddress().getPort())) {
            names.put("twice.example", blackHole.address(), "127.0.0.1");

            assertThat(client.post(url("twice.example"))).succeedsWithin(SOON);
        }
    }

    private String url(String host) {
        return "http://" + host + ":" + receiver.getAddress().getPort() + "/";
    }
}
