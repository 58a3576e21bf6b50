package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.api.MessageAttemptListByEndpointOptions;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageOut;
import com.svix.models.MessageStatus;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints that do what no endpoint should: each ends in the right attempt, in time, and harms no other. */
abstract class ChaosStories extends MalformedStories {

    /** More due deliveries than any claim looks at. */
    private static final int BACKLOG = 350;

    /** So many deliveries wait for an endpoint that is only probed; fewer than a receiver answers together. */
    private static final int BEHIND_THE_PROBE = 7;

    private static final int BEHIND_THE_PAUSES = 30;

    private static final int OVERLOADED = 503;
    private static final int OK = 200;

    private final ChaoticReceiver chaos = new ChaoticReceiver();

    @AfterAll
    void stopChaos() {
        chaos.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http,  reset,    0,   reset",
        "http,  silence,  0,   timeout",
        "http,  trickle,  0,   timeout",
        "http,  endless,  200, xxxx",
        "http,  header,   0,   exceeded",
        "http,  headers,  0,   exceeded",
        "http,  stall,    200, xxxx",
        "http,  excess,   200, ok",
        "http,  short,    0,   closed before the answer was complete",
        "http,  garbage,  0,   http",
        "http,  nothing,  0,   closed before the answer was complete",
        "https, tls,      0,   no tls connection",
        "http,  nul,      200, a\uFFFDb",
        "http,  binary,   200, /wBh"
    })
    void eachEndsInTheRightAttempt(String scheme, String misdeed, int status, String says) throws Exception {
        String app = application();
        EndpointOut endpoint =
                svix.getEndpoint().create(app, new EndpointIn().url(URI.create(chaos.url(scheme, misdeed))));
        String bystander = path();
        EndpointOut other = endpoint(app, bystander);
        MessageOut message = publish(app, "order.paid");

        await().atMost(SOON).until(() -> !attemptsOf(app, message, endpoint).isEmpty());
        List<MessageAttemptOut> attempts = attemptsOf(app, message, endpoint);
        svix.getEndpoint().delete(app, endpoint.getId());

        assertThat(awaitRequests(bystander, 1).get(0).header("Webhook-id")).isEqualTo(message.getId());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(attemptsOf(app, message, other))
                        .extracting(MessageAttemptOut::getResponseStatusCode)
                        .containsExactly((short) 200));
        MessageAttemptOut first = attempts.get(attempts.size() - 1);
        assertThat(first.getResponseStatusCode()).isEqualTo((short) status);
        assertThat(first.getResponse().toLowerCase(Locale.ROOT)).contains(says.toLowerCase(Locale.ROOT));
        assertThat(first.getResponse().length()).isLessThanOrEqualTo(20_000);
        assertThat(first.getResponseDurationMs())
                .isLessThan(ATTEMPT_TIMEOUT.multipliedBy(2).toMillis());
    }

    /** It says that the connection stays, and closes it. */
    @Test
    void whereConnectionsEndUnsaidEverythingArrivesOnceAndInTheFirstAttempt() throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create(chaos.url("http", "closing"))));

        for (int i = 1; i <= 5; i++) {
            MessageOut message = publish(app, "order.paid");
            await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());

            assertThat(attempts(app, message))
                    .extracting(MessageAttemptOut::getResponseStatusCode)
                    .containsExactly((short) 200);
            assertThat(chaos.requests("closing")).isEqualTo(i);
        }
    }

    @Test
    void anEndpointWithTooMuchToDoIsProbedByOneDeliveryAtATimeUntilOneSucceeds() throws Exception {
        String app = application();
        String bystander = path();
        endpoint(app, bystander);
        String path = path();
        BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
        try (Receiver burdened = new Receiver()) {
            burdened.answer(path, n -> next(answers));
            EndpointOut endpoint = svix.getEndpoint().create(app, new EndpointIn().url(URI.create(burdened.url(path))));
            triedForLong(app, endpoint.getId());
            MessageOut first = publish(app, "order.paid");
            answers.add(OVERLOADED);
            await().atMost(SOON).until(() -> !attemptsOf(app, first, endpoint).isEmpty());

            for (int i = 0; i < BEHIND_THE_PROBE; i++) {
                publish(app, "order.paid");
            }

            // Nobody else waits, and while it fails, one request comes when the other has been answered.
            awaitRequests(bystander, 1 + BEHIND_THE_PROBE);
            for (int answered = 1; answered <= 4; answered++) {
                int next = answered + 1;
                await().during(Duration.ofMillis(100))
                        .atMost(SOON)
                        .until(() -> burdened.requestsTo(path).size() == next);
                answers.add(answered < 4 ? OVERLOADED : OK);
            }

            // After the success, several come before any is answered or given up, and of what waited nothing is lost.
            await().atMost(ATTEMPT_TIMEOUT)
                    .until(() -> burdened.requestsTo(path).size() >= 5 + 3);
            answers.addAll(Collections.nCopies(2 * BEHIND_THE_PROBE, OK));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(succeeded(app, endpoint))
                            .doesNotHaveDuplicates()
                            .hasSize(1 + BEHIND_THE_PROBE));
        }
    }

    @Test
    void whileAnEndpointFailsAPauseFollowsEachProbeAndWhatIsResentByHandDoesNotWait() throws Exception {
        String app = application();
        String path = path();
        AtomicInteger status = new AtomicInteger(OVERLOADED);
        receiver.answer(path, n -> status.get());
        EndpointOut endpoint = endpoint(app, path);
        triedForLong(app, endpoint.getId());
        MessageOut first = publish(app, "order.paid");
        await().atMost(SOON).until(() -> !attempts(app, first).isEmpty());
        List<String> behind = new ArrayList<>();
        for (int i = 0; i < BEHIND_THE_PAUSES; i++) {
            behind.add(publish(app, "order.paid").getId());
        }

        // One comes at once when the circuit opens, to see whether it was a single failure
        await().atMost(SOON).until(() -> receiver.requestsTo(path).size() >= 4);
        List<Receiver.Request> probes = receiver.requestsTo(path);
        for (int i = 2; i < probes.size(); i++) {
            // What is late on its way only comes later, so this holds on a machine of any speed.
            assertThat(Duration.ofNanos(
                            probes.get(i).nanos() - probes.get(i - 1).nanos()))
                    .isGreaterThanOrEqualTo(PAUSE);
        }

        // It would have been the last one's turn
        String byHand = behind.get(BEHIND_THE_PAUSES - 1);
        gateway.manage(
                "POST", "/api/v1/app/" + app + "/msg/" + byHand + "/endpoint/" + endpoint.getId() + "/resend", "");
        await().atMost(SOON).until(() -> idsTo(path).contains(byHand));
        assertThat(idsTo(path)).hasSizeLessThan(BEHIND_THE_PAUSES);

        // What has waited comes
        behind.removeAll(idsTo(path));
        status.set(OK);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(succeeded(app, endpoint)).containsAll(behind).doesNotHaveDuplicates());
    }

    /** Each once, though it may have come more often. */
    private Set<String> idsTo(String path) {
        return receiver.requestsTo(path).stream()
                .map(request -> request.header("Webhook-id"))
                .collect(Collectors.toSet());
    }

    /** What a receiver that is asked for a status answers, once somebody has said what. */
    private static int next(BlockingQueue<Integer> answers) {
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OVERLOADED;
        }
    }

    private List<String> succeeded(String app, EndpointOut endpoint) throws Exception {
        MessageAttemptListByEndpointOptions options = new MessageAttemptListByEndpointOptions();
        options.setStatus(MessageStatus.SUCCESS);
        return svix.getMessageAttempt().listByEndpoint(app, endpoint.getId(), options).getData().stream()
                .map(MessageAttemptOut::getMsgId)
                .toList();
    }

    private List<MessageAttemptOut> attemptsOf(String app, MessageOut message, EndpointOut endpoint) throws Exception {
        return attempts(app, message).stream()
                .filter(attempt -> attempt.getEndpointId().equals(endpoint.getId()))
                .toList();
    }

    @Test
    void aNameThatDoesNotResolveIsToldAndTriedAgain() throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://nowhere.invalid/")));
        MessageOut message = publish(app, "order.paid");

        List<MessageAttemptOut> attempts = awaitAttempts(app, message, 3);

        assertThat(attempts).allMatch(attempt -> attempt.getResponse().contains("nowhere.invalid"));
    }

    @Test
    void aHangingEndpointHoldsUpNobodyElse() throws Exception {
        String app = application();
        EndpointOut hanging =
                svix.getEndpoint().create(app, new EndpointIn().url(URI.create(chaos.url("http", "silence"))));
        String path = path();
        endpoint(app, path);

        for (int i = 0; i < 50; i++) {
            publish(app, "order.paid");
        }

        awaitRequests(path, 50);
        svix.getEndpoint().delete(app, hanging.getId());
    }

    @Test
    void aBacklogOfAHangingEndpointHoldsUpNobodyElse() throws Exception {
        String slow = application();
        EndpointOut hanging =
                svix.getEndpoint().create(slow, new EndpointIn().url(URI.create(chaos.url("http", "silence"))));
        for (int i = 0; i < BACKLOG; i++) {
            publish(slow, "order.paid");
        }
        List<String> paths = List.of(path(), path(), path());
        String app = application();
        for (String path : paths) {
            endpoint(app, path);
        }

        for (int i = 0; i < 30; i++) {
            publish(app, "order.paid");
        }

        for (String path : paths) {
            awaitRequests(path, 30);
        }
        svix.getEndpoint().delete(slow, hanging.getId());
    }
}
