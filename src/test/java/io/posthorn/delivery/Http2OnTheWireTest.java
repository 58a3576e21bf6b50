package io.posthorn.delivery;

import static io.posthorn.it.Http2Receiver.ENHANCE_YOUR_CALM;
import static io.posthorn.it.Http2Receiver.NO_ERROR;
import static io.posthorn.it.Http2Receiver.REFUSED_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.it.CertificateAuthority;
import io.posthorn.it.Http2Receiver;
import io.posthorn.it.Http2Receiver.Connection;
import io.posthorn.it.Http2Receiver.Reaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an endpoint that speaks HTTP/2 sees of the client, and what comes of it when that ends a connection. */
@Timeout(60)
class Http2OnTheWireTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("An authority of our own");
    private static final SSLContext TLS = CertificateAuthority.serverContext(AUTHORITY.issue("receiver"), AUTHORITY);

    private static Path authorities;

    private final NamesInTest names = new NamesInTest();
    private final Http2Receiver receiver = new Http2Receiver(TLS);
    private final Http2Receiver neighbour = new Http2Receiver(TLS);
    private ClientInTest client;

    @BeforeAll
    static void writeAuthorities(@TempDir Path directory) throws IOException {
        authorities = Files.writeString(directory.resolve("ca.pem"), AUTHORITY.pem());
    }

    @BeforeEach
    void open() {
        names.put("localhost", "127.0.0.1");
        client = client("PT30S");
    }

    private ClientInTest client(String timeout) {
        return new ClientInTest(
                names, "posthorn.delivery.timeout", timeout, "posthorn.delivery.ca-file", authorities.toString());
    }

    @AfterEach
    void close() {
        client.close();
        receiver.close();
        neighbour.close();
    }

    @Test
    void oneDeliveryAfterAnotherTakesTheConnectionThatIsThere() {
        for (int i = 0; i < 20; i++) {
            assertDelivered();
        }

        assertThat(receiver.requests()).hasSize(20);
        // On a busy machine the next one may leave before the connection of the last is free again.
        assertThat(new HashSet<>(receiver.requests())).hasSizeLessThan(10);
    }

    @Test
    void aRequestThatWasRefusedUnreadIsSentAgain() {
        react(1, (connection, stream) -> connection.reset(stream, REFUSED_STREAM));

        assertDelivered();

        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void aRequestThatWasResetForAnyOtherReasonIsNotSentAgain() {
        react(1, (connection, stream) -> connection.reset(stream, ENHANCE_YOUR_CALM));

        assertFailed("Stream reset");

        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void afterAGoAwayTheNextDeliveryTakesAConnectionOfItsOwn() throws IOException {
        assertDelivered();
        Connection first = receiver.requests().get(0);

        first.goAway(1, NO_ERROR);
        await().atMost(SOON).until(() -> receiver.connections().isEmpty());

        assertDelivered();
        assertThat(receiver.requests()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void anAnswerThatComesAfterAGoAwayCounts() {
        react(1, (connection, stream) -> {
            connection.goAway(stream, NO_ERROR);
            connection.succeed(stream);
        });

        assertDelivered();
        assertDelivered();

        assertThat(receiver.requests()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aRequestThatAGoAwayEndsHasFailedAndTheNextIsDelivered() {
        react(1, (connection, stream) -> connection.goAway(0, ENHANCE_YOUR_CALM));

        assertFailed("terminated by the peer");
        assertDelivered();

        assertThat(receiver.requests()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aRequestThatMeetsAGoAwayOnItsWayHasFailedAndTheNextIsDelivered() {
        react(2, (connection, stream) -> {
            connection.goAway(1, NO_ERROR);
            connection.close();
        });

        assertDelivered();
        assertFailed("connection");
        assertDelivered();

        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void aRequestThatMeetsAGoAwayOnItsWayEndsWithItsTimeThoughTheConnectionStays() {
        react(2, (connection, stream) -> connection.goAway(1, NO_ERROR));
        try (ClientInTest hasty = client("PT6S")) {
            assertThat(result(hasty.post(receiver.url("/hook"))).isSuccess()).isTrue();

            AttemptResult met = result(hasty.post(receiver.url("/hook")));

            assertThat(met.isSuccess()).isFalse();
            assertThat(met.timedOut()).isTrue();
            assertThat(result(hasty.post(receiver.url("/hook"))).isSuccess()).isTrue();
            assertThat(receiver.requests()).hasSize(3);
        }
    }

    @Test
    void aRequestWhoseConnectionIsClosedBeforeTheAnswerHasFailedAndTheNextIsDelivered() {
        react(2, (connection, stream) -> connection.close());

        assertDelivered();
        assertFailed("connection");
        assertDelivered();

        // Nobody knows what became of the second, so it is left to the schedule.
        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void closingConnectionsThatAreToBeUsedNeitherLosesNorRepeatsARequest() throws IOException {
        int delivered = 0;
        for (int i = 0; i < 50; i++) {
            for (Connection connection : receiver.connections()) {
                connection.close();
            }
            int before = receiver.requests().size();
            boolean succeeded = result(client.post(receiver.url("/hook"))).isSuccess();

            assertThat(receiver.requests().size() - before).isBetween(succeeded ? 1 : 0, 1);
            delivered += succeeded ? 1 : 0;
        }
        assertThat(receiver.requests()).hasSizeGreaterThanOrEqualTo(delivered);
        assertDelivered();
    }

    @Test
    void whatEndsTheConnectionsOfOneEndpointLeavesThoseOfAnotherAlone() {
        receiver.react(n -> (connection, stream) -> connection.goAway(0, ENHANCE_YOUR_CALM));
        assertThat(result(client.post(neighbour.url("/hook"))).isSuccess()).isTrue();

        for (int i = 0; i < 10; i++) {
            CompletableFuture<EndpointResponse> failing = client.post(receiver.url("/hook"));
            assertThat(result(client.post(neighbour.url("/hook"))).isSuccess()).isTrue();
            assertFailed(result(failing), "terminated by the peer");
        }

        assertThat(new HashSet<>(neighbour.requests())).hasSizeLessThan(6);
        await().atMost(SOON).until(() -> receiver.connections().isEmpty());
    }

    private void react(int nth, Reaction reaction) {
        receiver.react(n -> n == nth ? reaction : Connection::succeed);
    }

    /** What is recorded of an attempt, once it has ended. */
    private static AttemptResult result(CompletableFuture<EndpointResponse> answer) {
        CompletableFuture<AttemptResult> result = answer.handle((response, error) -> error == null
                ? AttemptResult.answered(response, Duration.ZERO)
                : AttemptResult.failed(error, Duration.ZERO));
        assertThat(result).succeedsWithin(SOON);
        return result.join();
    }

    private void assertDelivered() {
        assertThat(result(client.post(receiver.url("/hook"))))
                .satisfies(result ->
                        assertThat(result.isSuccess()).as(result.response()).isTrue());
    }

    private void assertFailed(String why) {
        assertFailed(result(client.post(receiver.url("/hook"))), why);
    }

    private static void assertFailed(AttemptResult result, String why) {
        assertThat(result.status()).isZero();
        assertThat(result.response()).containsIgnoringCase(why);
        assertThat(result.timedOut()).isFalse();
    }
}
