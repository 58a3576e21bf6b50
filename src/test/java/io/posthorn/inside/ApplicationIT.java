package io.posthorn.inside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.posthorn.OutboundMessage;
import io.posthorn.PublishException;
import io.posthorn.WebhookEvent;
import io.posthorn.Webhooks;
import io.posthorn.access.Organizations;
import io.posthorn.access.Token;
import io.posthorn.access.TokenCredential;
import io.posthorn.access.Tokens;
import io.posthorn.it.SvixContract;
import io.posthorn.signature.PlainSignature;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application that bundles Posthorn can rely on, told from inside the server. */
@ExtendWith(ArquillianExtension.class)
class ApplicationIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** As the build configures the servers. */
    private static final Duration DEDUPE_WINDOW = Duration.ofSeconds(3);

    private static final int MAX_CONCURRENCY = 6;

    @Inject
    Webhooks webhooks;

    @Inject
    Event<OutboundMessage> outbound;

    @Inject
    UserTransaction transaction;

    @Inject
    Ledger ledger;

    @Inject
    Observers observers;

    @Inject
    Tokens tokens;

    @Inject
    IdentityStoreHandler identityStores;

    @Deployment
    static WebArchive application() throws Exception {
        WebArchive war = ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("it.war")))
                .addClasses(Ledger.class, Observers.class, Payment.class, WhoAmI.class, WhoAmI.Where.class);
        addContract(war);
        for (Class<?> type : new Class<?>[] {Assertions.class, Awaitility.class, Matcher.class}) {
            war.addAsLibrary(new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return war;
    }

    /** What answers are held to. */
    private static void addContract(WebArchive war) {
        war.addClass(SvixContract.class).addClass(SvixContract.class.getPackageName() + ".KnownDifferences");
        for (String document : List.of("svix", "svix-operations", "svix-ingest")) {
            String path = "io/posthorn/it/" + document + "-openapi.json";
            war.addAsResource(path, path);
        }
    }

    @BeforeEach
    void prepare() {
        ledger.createTable();
    }

    // Observing --------------------------------------------------------------------------------------------------

    @Test
    void observersAreChosenByTypeAndSource() throws Exception {
        String inShop = receive("shop", "payment.succeeded");
        String elsewhere = receive("default", "payment.succeeded");
        String otherType = receive("shop", "payment.refunded");

        awaitStatus(inShop, "PROCESSED");
        awaitStatus(elsewhere, "PROCESSED");
        awaitStatus(otherType, "PROCESSED");
        assertThat(observers.calls("type", inShop)).hasSize(1);
        assertThat(observers.calls("source", inShop)).hasSize(1);
        assertThat(observers.calls("both", inShop)).hasSize(1);
        assertThat(observers.calls("type", elsewhere)).hasSize(1);
        assertThat(observers.calls("source", elsewhere)).isEmpty();
        assertThat(observers.calls("source", otherType)).hasSize(1);
        assertThat(observers.calls("both", otherType)).isEmpty();
        assertThat(observers.calls("pattern", inShop)).hasSize(1);
        assertThat(observers.calls("pattern", otherType)).hasSize(1);
    }

    @Test
    void whatAnotherOrganizationCallsLikeASourceOfTheApplicationIsNotHeardAndIsDoneAllTheSame() throws Exception {
        String organization = "org_1srOrx2ZWZBpBUvZwXKQmoEYga2";

        String id = postTo(
                makeSource(organization, "{\"secret\":\"inside\"}"),
                body(UUID.randomUUID().toString(), "payment.succeeded"));
        String inOrder = postTo(
                makeSource(organization, "{\"secret\":\"inside\",\"order\":\"source\"}"),
                body(UUID.randomUUID().toString(), "payment.succeeded"));

        awaitStatus(id, "PROCESSED");
        awaitStatus(inOrder, "PROCESSED");
        assertThat(ledger.note(id)).isEqualTo("unhandled");
        assertThat(ledger.note(inOrder)).isEqualTo("unhandled");
        assertThat(status(as(organization, "/ingest/api/v1/source/shop/event/" + inOrder + "/replay")
                        .POST(HttpRequest.BodyPublishers.noBody())))
                .isEqualTo(202);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(json(as(organization, "/ingest/api/v1/source/shop/event/" + inOrder)
                                        .build())
                                .getJsonArray("history"))
                        .hasSize(2));
        for (String observer : List.of("type", "source", "both", "pattern")) {
            assertThat(observers.calls(observer, id)).isEmpty();
            assertThat(observers.calls(observer, inOrder)).isEmpty();
        }
    }

    @Test
    void anOrganizationThatTheConfigurationNamesIsHeardAndTold() throws Exception {
        String organization = "org_1srOrx2ZWZBpBUvZwXKQmoEYga1";

        String theirs = postTo(
                makeSource(organization, "{\"secret\":\"inside\"}"),
                body(UUID.randomUUID().toString(), "payment.succeeded"));
        String ours = receive("shop", "payment.succeeded");

        awaitStatus(theirs, "PROCESSED");
        awaitStatus(ours, "PROCESSED");
        assertThat(observers.calls("both", theirs))
                .extracting(WebhookEvent::organization)
                .containsExactly(organization);
        assertThat(observers.calls("both", ours))
                .extracting(WebhookEvent::organization)
                .containsExactly(Organizations.DEFAULT);
    }

    /** Gives another organization a source that is called like one of the application's; the path that leads to it. */
    private String makeSource(String organization, String config) throws Exception {
        String source = "{\"name\":\"Shop\",\"uid\":\"shop\",\"type\":\"generic\",\"config\":" + config + "}";
        HttpRequest request = as(organization, "/ingest/api/v1/source/shop")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(source))
                .build();
        return URI.create(json(request).getString("ingestUrl")).getPath();
    }

    private HttpRequest.Builder as(String organization, String path) {
        String token = tokens.issue(Token.ofOrganization(organization), Duration.ofMinutes(1));
        return HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Bearer " + token);
    }

    @Test
    void anObserverSeesTheEventAsJsonAsARecordAndAsTheBytesThatWereSigned() throws Exception {
        String external = UUID.randomUUID().toString();
        String body = "{\r\n \"id\":\"" + external + "\",\"type\":\"payment.succeeded\","
                + "\"timestamp\":\"2026-01-02T03:04:05Z\",\"data\":{\"order\":\"café 😊\",\"amount\":1.10,\"n\":8202522731445525542}}\r\n";

        String id = post("default", body);

        awaitStatus(id, "PROCESSED");
        WebhookEvent event = observers.calls("type", id).get(0);
        assertThat(event.rawBody()).isEqualTo(body.getBytes(UTF_8));
        assertThat(event.dataAs(Payment.class)).isEqualTo(new Payment("café 😊", new BigDecimal("1.10")));
        assertThat(event.data().asJsonObject().getJsonNumber("n").bigIntegerValue())
                .hasToString("8202522731445525542");
        assertThat(event.payload().asJsonObject().getString("id")).isEqualTo(external);
        assertThat(event.externalId()).contains(external);
        assertThat(event.type()).isEqualTo("payment.succeeded");
        assertThat(event.source()).isEqualTo("default");
        assertThat(event.occurredAt().orElseThrow()).hasToString("2026-01-02T03:04:05Z");
        assertThat(event.headers()).containsKey("x-webhook-signature").doesNotContainKey("authorization");
        assertThat(event.dispatch()).isEqualTo(1);
    }

    @Test
    void anObserverReadsAListOfRecords() throws Exception {
        String id = post(
                "default",
                "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"payment.listed\","
                        + "\"data\":[{\"order\":\"o-1\",\"amount\":1.10},{\"order\":\"o-2\",\"amount\":2}]}");

        awaitStatus(id, "PROCESSED");
        List<Payment> payments =
                observers.calls("pattern", id).get(0).dataAs(new TypeLiteral<List<Payment>>() {}.getType());
        assertThat(payments)
                .containsExactly(new Payment("o-1", new BigDecimal("1.10")), new Payment("o-2", new BigDecimal("2")));
    }

    @Test
    void anObserversWorkAndTheMarkCommitTogether() throws Exception {
        String external = UUID.randomUUID().toString();

        String id = post("default", body(external, "payment.succeeded"));

        awaitStatus(id, "PROCESSED");
        assertThat(ledger.count("paid " + external)).isEqualTo(1);
    }

    @Test
    void aFailingObserverIsRolledBackRetriedAndEndsAsADeadLetterWithItsLastError() throws Exception {
        String id = receive("default", Observers.FAILING);

        awaitStatus(id, "DEAD");
        assertThat(observers.calls("failing", id))
                .extracting(WebhookEvent::dispatch)
                .containsExactly(1, 2, 3);
        assertThat(ledger.lastError(id)).contains("IllegalStateException", "the till is on fire");
        assertThat(ledger.count("failing " + id)).isZero();
    }

    @Test
    void anErrorOfAnObserverIsAFailureLikeAnException() throws Exception {
        String id = receive("default", Observers.OVERFLOWING);

        awaitStatus(id, "DEAD");
        assertThat(observers.calls("overflowing", id)).hasSize(3);
        assertThat(ledger.lastError(id)).contains("StackOverflowError", "turtles");
        assertThat(ledger.count("overflowing " + id)).isZero();
    }

    @Test
    void aRetryThatSucceedsTakesEffectOnce() throws Exception {
        String id = receive("default", Observers.FLAKY);

        awaitStatus(id, "PROCESSED");
        assertThat(observers.calls("flaky", id)).hasSize(2);
        assertThat(ledger.count("flaky " + id)).isEqualTo(1);
    }

    @Test
    void anEventThatNobodyObservesIsProcessedAndSaysSo() throws Exception {
        String id = receive("default", "nobody.cares");

        awaitStatus(id, "PROCESSED");
        assertThat(ledger.note(id)).isEqualTo("unhandled");
    }

    @Test
    void theHistoryTellsWhatEachObserverDidInEachDispatch() throws Exception {
        String id = receive("default", Observers.FLAKY);

        awaitStatus(id, "PROCESSED");
        List<JsonObject> dispatches = history("default", id);
        assertThat(dispatches)
                .extracting(dispatch -> dispatch.getInt("dispatch"))
                .containsExactly(1, 2);
        assertThat(dispatches.get(0).getString("outcome")).isEqualTo("FAILED");
        assertThat(dispatches.get(0).getString("error"))
                .isEqualTo("java.lang.IllegalStateException: not the first time");
        assertThat(outcomes(dispatches.get(0)))
                .containsExactly(
                        "anyPayment(WebhookEvent) ROLLED_BACK null",
                        "flaky(WebhookEvent) FAILED \"java.lang.IllegalStateException: not the first time\"");
        assertThat(dispatches.get(1).getString("outcome")).isEqualTo("PROCESSED");
        assertThat(outcomes(dispatches.get(1)))
                .containsExactly("anyPayment(WebhookEvent) PROCESSED null", "flaky(WebhookEvent) PROCESSED null");
        assertThat(Instant.parse(dispatches.get(0).getString("startedAt")))
                .isBeforeOrEqualTo(Instant.parse(dispatches.get(1).getString("startedAt")));
    }

    @Test
    void observersOfTheEndOfTheTransactionAreInTheHistoryToo() throws Exception {
        String confirmed = receive("default", Observers.CONFIRMED);
        String doomed = receive("default", Observers.DOOMED);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(outcomes(history("default", confirmed).get(0)))
                                .containsExactly(
                                        "anyPayment(WebhookEvent) PROCESSED null",
                                        "afterSuccess(WebhookEvent) FAILED \"java.lang.IllegalStateException: nobody is told\""));
        assertThat(ledger.status(confirmed)).isEqualTo("PROCESSED");
        assertThat(observers.calls("after success", confirmed)).hasSize(1);
        assertThat(ledger.count("after success " + confirmed)).isEqualTo(1);
        awaitStatus(doomed, "DEAD");
        assertThat(history("default", doomed))
                .hasSize(3)
                .allSatisfy(dispatch -> assertThat(outcomes(dispatch))
                        .containsExactly(
                                "anyPayment(WebhookEvent) ROLLED_BACK null",
                                "doomed(WebhookEvent) ROLLED_BACK null",
                                "afterFailure(WebhookEvent) PROCESSED null"));
    }

    @Test
    void asynchronousObserversAreCalledAfterTheCommitByTypeAndSource() throws Exception {
        String inShop = receive("shop", "refund.made");
        String elsewhere = receive("default", "refund.made");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger.pending(inShop) + ledger.pending(elsewhere))
                        .isZero());
        assertThat(observers.calls("asynchronous PROCESSED", inShop)).hasSize(1);
        assertThat(observers.calls("asynchronous PROCESSED", elsewhere)).hasSize(1);
        assertThat(observers.calls("asynchronous source", inShop)).hasSize(1);
        assertThat(observers.calls("asynchronous source", elsewhere)).isEmpty();
        assertThat(outcomes(history("default", elsewhere).get(0)))
                .containsExactly("refunded(WebhookEvent) PROCESSED null");
        assertThat(ledger.note(elsewhere)).isEqualTo("null");
    }

    @Test
    void anAsynchronousObserverThatFailsIsCalledAgainAndNoOtherOne() throws Exception {
        String id = receive("default", Observers.TRANSFER_FLAKY);

        await().atMost(SOON).until(() -> history("default", id).size() == 2);
        assertThat(observers.calls("transferred", id)).hasSize(1);
        assertThat(observers.calls("sound", id)).hasSize(1);
        assertThat(observers.calls("flaky", id))
                .extracting(WebhookEvent::dispatch)
                .containsExactly(1, 2);
        assertThat(outcomes(history("default", id).get(0)))
                .containsExactlyInAnyOrder(
                        "transferred(WebhookEvent) PROCESSED null",
                        "transferredSoundly(WebhookEvent) PROCESSED null",
                        "transferredFlakily(WebhookEvent) FAILED \"java.lang.IllegalStateException: not the first time\"");
        assertThat(outcomes(history("default", id).get(1)))
                .containsExactly("transferredFlakily(WebhookEvent) PROCESSED null");
        assertThat(ledger.status(id)).isEqualTo("PROCESSED");
        assertThat(ledger.pending(id)).isZero();
        assertThat(ledger.note(id)).isEqualTo("null");
    }

    @Test
    void anAsynchronousObserverThatGoesOnFailingLeavesItsEventProcessedWithANote() throws Exception {
        double failures = metric("posthorn_events_asynchronous_total{outcome=\"failed\"}");

        String id = receive("default", Observers.TRANSFER_FAILING);

        await().atMost(SOON).untilAsserted(() -> assertThat(ledger.note(id)).isEqualTo("asynchronous observer failed"));
        assertThat(observers.calls("in vain", id)).hasSize(3);
        assertThat(observers.calls("transferred", id)).hasSize(1);
        assertThat(history("default", id))
                .extracting(dispatch -> dispatch.getString("outcome"))
                .containsExactly("FAILED", "FAILED", "FAILED");
        assertThat(ledger.lastError(id)).isEqualTo("java.lang.IllegalStateException: the line is dead");
        await().atMost(SOON)
                .until(() -> metric("posthorn_events_asynchronous_total{outcome=\"failed\"}") == failures + 3);
        assertThat(ledger.status(id)).isEqualTo("PROCESSED");
        assertThat(ledger.pending(id)).isZero();
    }

    @Test
    void anEventIsNotReplayedWhileAnAsynchronousObserverIsAtWorkOnIt() throws Exception {
        String id = receive("default", Observers.TRANSFER_HELD);
        await().atMost(SOON).until(() -> observers.calls("held", id).size() == 1);

        int refused = replay("default", id);
        observers.release(id);
        await().atMost(SOON).until(() -> ledger.pending(id) == 0);
        int taken = replay("default", id);

        assertThat(refused).isEqualTo(409);
        assertThat(taken).isEqualTo(202);
        await().atMost(SOON).until(() -> observers.calls("held", id).size() == 2);
        assertThat(observers.calls("transferred", id)).hasSize(2);
    }

    @Test
    void anEventThatItsObserverIsAtWorkOnIsKnownWhenItComesAgainAndIsNotReplayed() throws Exception {
        String source = newSource();
        String external = UUID.randomUUID().toString();
        String body = body(external, Observers.STEP_HELD);
        String id = post(source, body);
        await().atMost(SOON).until(() -> observers.steps().contains(external + " begins"));

        String again = post(source, body);
        int replayed = replay(source, id);
        replayMany(source, "{\"since\":\"" + receivedAt(source, id) + "\"}");
        observers.release(id);

        assertThat(again).isEqualTo(id);
        assertThat(replayed).isEqualTo(409);
        awaitStatus(id, "PROCESSED");
        assertThat(observers.steps()).containsOnlyOnce(external + " begins");
    }

    @Test
    void anEventThatWaitsForARetryMayBeDiscardedButNotOneThatObserversAreAtWorkOn() throws Exception {
        String waiting = receive("default", Observers.FAILING);
        awaitStatus(waiting, "DEAD");
        ledger.postpone(waiting);
        String held = receive("default", Observers.TRANSFER_HELD);
        await().atMost(SOON).until(() -> observers.calls("held", held).size() == 1);

        assertThat(discard("default", waiting)).isEqualTo(204);
        assertThat(discard("default", waiting)).isEqualTo(404);
        assertThat(discard("default", held)).isEqualTo(409);

        observers.release(held);
        await().atMost(SOON).until(() -> ledger.pending(held) == 0);
        assertThat(discard("default", held)).isEqualTo(204);
    }

    @Test
    void whatFailedOrIsDeadIsReplayedByIdByTimeAndByStatusAndWhatSucceededStaysAsItIs() throws Exception {
        String source = newSource();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(receive(source, Observers.TILL));
        }
        for (String id : ids) {
            awaitStatus(id, "DEAD");
        }
        ledger.postpone(ids.get(1));
        ledger.postpone(ids.get(4));
        observers.openTill(source);
        assertThat(listed(source, "?status=failed")).containsExactly(ids.get(4), ids.get(1));
        assertThat(listed(source, "?status=dead")).containsExactly(ids.get(5), ids.get(3), ids.get(2), ids.get(0));

        // A dead letter, and one that waits for a retry
        assertThat(replay(source, ids.get(0))).isEqualTo(202);
        assertThat(replay(source, ids.get(1))).isEqualTo(202);
        awaitStatus(ids.get(0), "PROCESSED");
        awaitStatus(ids.get(1), "PROCESSED");

        // What came within a time, whose end does not belong to it
        String since = receivedAt(source, ids.get(2));
        replayMany(source, "{\"since\":\"" + since + "\",\"until\":\"" + receivedAt(source, ids.get(3)) + "\"}");
        awaitStatus(ids.get(2), "PROCESSED");
        assertThat(listed(source, "?status=dead")).containsExactly(ids.get(5), ids.get(3));

        // What is in a state
        String start = receivedAt(source, ids.get(0));
        replayMany(source, "{\"since\":\"" + start + "\",\"status\":\"failed\"}");
        awaitStatus(ids.get(4), "PROCESSED");
        assertThat(listed(source, "?status=dead")).containsExactly(ids.get(5), ids.get(3));

        // And all that has not succeeded
        ledger.postpone(ids.get(5));
        replayMany(source, "{\"since\":\"" + start + "\"}");
        awaitStatus(ids.get(3), "PROCESSED");
        awaitStatus(ids.get(5), "PROCESSED");
        assertThat(ids)
                .allSatisfy(id -> assertThat(observers.calls("till", id))
                        .extracting(WebhookEvent::dispatch, WebhookEvent::replayed)
                        .containsExactly(tuple(1, false), tuple(2, false), tuple(3, false), tuple(1, true)));
    }

    @Test
    void afterTheDedupeWindowAnIdIsThatOfANewEvent() throws Exception {
        String source = newSource();
        String external = UUID.randomUUID().toString();
        String body = body(external, "payment.succeeded");

        String first = post(source, body);
        assertThat(post(source, body)).isEqualTo(first);
        String second = await().pollInterval(Duration.ofMillis(500))
                .atMost(SOON)
                .until(() -> post(source, body), id -> !id.equals(first));

        assertThat(post(source, body)).isEqualTo(second);
        assertThat(Duration.between(
                        Instant.parse(receivedAt(source, first)), Instant.parse(receivedAt(source, second))))
                .isGreaterThanOrEqualTo(DEDUPE_WINDOW);
        awaitStatus(second, "PROCESSED");
        assertThat(ledger.count("paid " + external)).isEqualTo(2);
    }

    @Test
    void noMoreObserversAreAtWorkAtOnceThanTheConfigurationSays() throws Exception {
        String source = newSource();
        List<String> ids = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * MAX_CONCURRENCY; i++) {
                ids.add(receive(source, Observers.QUEUED));
            }
            await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> observers.atWork() == MAX_CONCURRENCY);
        } finally {
            ids.forEach(observers::release);
        }

        for (String id : ids) {
            awaitStatus(id, "PROCESSED");
        }
        assertThat(observers.mostAtWork()).isEqualTo(MAX_CONCURRENCY);
    }

    @Test
    void eventsOfOneKeyAreDispatchedInOrderPastOneThatFailsUntilItIsDead() throws Exception {
        String key = UUID.randomUUID().toString();

        String failing = step(key, "1", Observers.STEP_FAILING);
        String second = step(key, "2", "step.taken");
        String third = step(key, "3", "step.taken");

        awaitStatus(third, "PROCESSED");
        assertThat(ledger.status(failing)).isEqualTo("DEAD");
        assertThat(ledger.status(second)).isEqualTo("PROCESSED");
        assertThat(steps(key))
                .containsExactly("1 begins", "1 begins", "1 begins", "2 begins", "2 ends", "3 begins", "3 ends");
    }

    @Test
    void anEventWaitsForThoseBeforeItAndForNoOthers() throws Exception {
        String key = UUID.randomUUID().toString();
        String held = step(key, "1", Observers.STEP_HELD);
        await().atMost(SOON).until(() -> steps(key).equals(List.of("1 begins")));

        String waiting = step(key, "2", "step.taken");
        String other = step(UUID.randomUUID().toString(), "1", "step.taken");
        awaitStatus(other, "PROCESSED");

        assertThat(ledger.status(waiting)).isEqualTo("RECEIVED");
        assertThat(json(event("ordered", waiting, "").build()).getString("waitsFor"))
                .isEqualTo(held);
        assertThat(replay("ordered", waiting)).isEqualTo(409);
        assertThat(discard("ordered", waiting)).isEqualTo(409);
        assertThat(metric("posthorn_events_waiting_events")).isEqualTo(1);
        assertThat(metric("posthorn_events_pending_events")).isGreaterThanOrEqualTo(2);
        assertThat(steps(key)).containsExactly("1 begins");

        observers.release(held);
        awaitStatus(waiting, "PROCESSED");
        assertThat(replay("ordered", held)).isEqualTo(202);
        await().atMost(SOON).until(() -> steps(key).equals(List.of("1 begins", "2 begins", "2 ends", "1 begins")));
        awaitStatus(held, "PROCESSED");
    }

    // Publishing -------------------------------------------------------------------------------------------------

    @Test
    void aMessageIsStoredIfTheCallersTransactionCommits() throws Exception {
        transaction.begin();
        String id = webhooks.publish("order.paid", Map.of("order", "o-1"));
        ledger.enter("published " + id);
        transaction.commit();

        assertThat(ledger.countMessages(id)).isEqualTo(1);
        assertThat(ledger.count("published " + id)).isEqualTo(1);
    }

    @Test
    void aMessageVanishesIfTheCallersTransactionRollsBack() throws Exception {
        transaction.begin();
        String id = webhooks.publish("order.paid", Map.of("order", "o-1"));
        ledger.enter("published " + id);
        transaction.rollback();

        assertThat(ledger.countMessages(id)).isZero();
        assertThat(ledger.count("published " + id)).isZero();
    }

    @Test
    void deliveriesVanishWithTheirMessage() throws Exception {
        String channel = subscribed();
        OutboundMessage message = OutboundMessage.of("order.paid", Map.of()).withChannels(channel);

        transaction.begin();
        String dropped = webhooks.publish(message);
        transaction.rollback();
        String kept = webhooks.publish(message);

        assertThat(ledger.countDeliveriesOf(kept)).isEqualTo(1);
        assertThat(ledger.countDeliveriesOf(dropped)).isZero();
        unsubscribe(channel);
    }

    /** Makes an endpoint that takes one channel, and hardly anything of that in the time of a test; gives the channel. */
    private String subscribed() throws Exception {
        String channel = "c" + UUID.randomUUID();
        webhooks.publish("order.paid", Map.of());
        String body = "{\"url\":\"https://receiver.invalid/\",\"uid\":\"" + channel + "\",\"channels\":[\"" + channel
                + "\"],\"throttleRate\":1}";
        HttpResponse<String> answer = endpoint("", "POST", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return channel;
    }

    private static void unsubscribe(String channel) throws Exception {
        assertThat(endpoint("/" + channel, "DELETE", "").statusCode()).isEqualTo(204);
    }

    private static HttpResponse<String> endpoint(String path, String method, String body) throws Exception {
        return send(manage("/api/v1/app/default/endpoint" + path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void aFiredMessageJoinsTheCallersTransaction() throws Exception {
        String kept = UUID.randomUUID().toString();
        String dropped = UUID.randomUUID().toString();
        JsonObject data = Json.createObjectBuilder().add("order", "o-1").build();

        transaction.begin();
        outbound.fire(OutboundMessage.of("order.paid", data).withEventId(kept));
        transaction.commit();
        transaction.begin();
        outbound.fire(OutboundMessage.of("order.paid", data).withEventId(dropped));
        transaction.rollback();

        assertThat(ledger.countMessagesWithEventId(kept)).isEqualTo(1);
        assertThat(ledger.countMessagesWithEventId(dropped)).isZero();
    }

    @Test
    void whatAnObserverPublishesHasComeThroughOneGatewayMore() throws Exception {
        String first = receive("default", Observers.RELAYED);
        String fourth = post("default", body(UUID.randomUUID().toString(), Observers.RELAYED), "posthorn-hops", "3");

        await().atMost(SOON).until(() -> ledger.pending(first) + ledger.pending(fourth) == 0);
        for (String observer : List.of("of-", "end-of-", "later-of-")) {
            assertThat(ledger.hopsOfMessageWithEventId(observer + first))
                    .as(observer)
                    .isEqualTo("1");
            assertThat(ledger.hopsOfMessageWithEventId(observer + fourth))
                    .as(observer)
                    .isEqualTo("4");
        }
        String byItself = UUID.randomUUID().toString();
        webhooks.publish(OutboundMessage.of("order.paid", Map.of()).withEventId(byItself));
        assertThat(ledger.hopsOfMessageWithEventId(byItself)).isEqualTo("0");
    }

    @Test
    void oneTransactionMayPublishTenThousandMessages() throws Exception {
        String eventType = "bulk." + UUID.randomUUID();
        String channel = subscribed();

        transaction.begin();
        for (int i = 0; i < 10_000; i++) {
            webhooks.publish(OutboundMessage.of(eventType, Map.of("number", i)).withChannels(channel));
        }
        transaction.commit();

        assertThat(ledger.countMessagesOfType(eventType)).isEqualTo(10_000);
        assertThat(ledger.countDeliveriesOfType(eventType)).isEqualTo(10_000);
        unsubscribe(channel);
    }

    @Test
    void manyPublishedAtOnceGoToTheirApplicationsInTheirOrder() throws Exception {
        String eventType = "bulk." + UUID.randomUUID();
        String channel = subscribed();
        String tenant = "tenant-" + channel;
        HttpRequest create = HttpRequest.newBuilder(URI.create(url("/api/v1/app")))
                .header("Authorization", "Bearer inside")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Tenant\",\"uid\":\"" + tenant + "\"}"))
                .build();
        assertThat(json(create).getString("uid")).isEqualTo(tenant);

        transaction.begin();
        List<String> ids = webhooks.publishAll(List.of(
                OutboundMessage.of(eventType, 1).withChannels(channel),
                OutboundMessage.of(eventType + ".tenant", 2).to(tenant),
                OutboundMessage.of(eventType, 3).withChannels("other-" + channel),
                OutboundMessage.of(eventType, 4).withChannels(channel)));
        transaction.commit();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .extracting(ledger::typeOfMessage)
                .containsExactly(eventType, eventType + ".tenant", eventType, eventType);
        assertThat(ledger.countDeliveriesOfType(eventType)).isEqualTo(2);
        assertThat(webhooks.publishAll(List.of())).isEmpty();
        unsubscribe(channel);
    }

    @Test
    void ofManyPublishedAtOnceAllOrNoneAre() throws Exception {
        String eventType = "bulk." + UUID.randomUUID();
        String eventId = UUID.randomUUID().toString();
        OutboundMessage good = OutboundMessage.of(eventType, 1);

        transaction.begin();
        webhooks.publishAll(List.of(good, good));
        transaction.rollback();
        for (OutboundMessage bad : List.of(
                OutboundMessage.of("order paid!", 2),
                OutboundMessage.of(eventType, 2).to("nobody"),
                OutboundMessage.of(eventType, 2).withEventId(eventId))) {
            assertThatThrownBy(() -> webhooks.publishAll(List.of(good.withEventId(eventId), good, bad)))
                    .isInstanceOf(PublishException.class);
        }

        assertThat(ledger.countMessagesOfType(eventType)).isZero();
    }

    @Test
    void withoutATransactionPublishingIsOneOfItsOwn() {
        String id = webhooks.publish(OutboundMessage.of("order.paid", new Payment("o-1", BigDecimal.TEN))
                .withChannels("red"));

        assertThat(ledger.countMessages(id)).isEqualTo(1);
    }

    @Test
    void aMessageThatBreaksARuleIsRefusedAndTakesTheTransactionWithIt() throws Exception {
        transaction.begin();
        assertThatThrownBy(() -> webhooks.publish("order paid!", "data"))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("eventType");
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        transaction.rollback();

        assertThatThrownBy(() -> webhooks.publish(
                        OutboundMessage.of("order.paid", "data").to("nobody")))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("nobody");
    }

    // Asking who calls -------------------------------------------------------------------------------------------

    @Test
    void aResourceOfTheApplicationSeesTheCallerThroughTheStandardApi() throws Exception {
        String application = tokens.issue(
                Token.ofApplication(Organizations.DEFAULT, "app_1srOrx2ZWZBpBUvZwXKQmoEYga2", Set.of()),
                Duration.ofMinutes(1));

        assertThat(whoAmI("inside")).isEqualTo(Organizations.DEFAULT + " admin");
        assertThat(whoAmI(application)).isEqualTo("app_1srOrx2ZWZBpBUvZwXKQmoEYga2 application");
        assertThat(whoAmI("nobody")).contains("authentication_failed");
    }

    @Test
    void jakartaSecurityKnowsTheHoldersOfTokens() {
        CredentialValidationResult admin = identityStores.validate(new TokenCredential("inside"));
        assertThat(admin.getStatus()).isEqualTo(CredentialValidationResult.Status.VALID);
        assertThat(admin.getCallerPrincipal().getName()).isEqualTo(Organizations.DEFAULT);
        assertThat(admin.getCallerGroups()).containsExactly("admin");

        String brief = tokens.issue(
                Token.ofApplication(Organizations.DEFAULT, "app_1srOrx2ZWZBpBUvZwXKQmoEYga2", Set.of()),
                Duration.ofMinutes(1));
        CredentialValidationResult application = identityStores.validate(new TokenCredential(brief));
        assertThat(application.getCallerPrincipal().getName()).isEqualTo("app_1srOrx2ZWZBpBUvZwXKQmoEYga2");
        assertThat(application.getCallerGroups()).containsExactly("application");

        assertThat(identityStores.validate(new TokenCredential("nobody")).getStatus())
                .isEqualTo(CredentialValidationResult.Status.INVALID);
        assertThat(identityStores
                        .validate(new UsernamePasswordCredential(Organizations.DEFAULT, "inside"))
                        .getStatus())
                .isNotEqualTo(CredentialValidationResult.Status.VALID);
    }

    private static String whoAmI(String token) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url("/who/me")))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .body();
    }

    // ------------------------------------------------------------------------------------------------------------

    /** Receives one of a series of events in order; gives its id. */
    private static String step(String key, String number, String type) throws Exception {
        return post(
                "ordered",
                "{\"id\":\"" + key + " " + number + "\",\"type\":\"" + type + "\",\"data\":{\"order\":\"" + key
                        + "\"}}");
    }

    private List<String> steps(String key) {
        return observers.steps().stream()
                .filter(step -> step.startsWith(key))
                .map(step -> step.substring(key.length() + 1))
                .toList();
    }

    private static List<JsonObject> history(String source, String eventId) throws Exception {
        HttpRequest request = event(source, eventId, "").build();
        return json(request).getJsonArray("history").getValuesAs(JsonObject.class);
    }

    /** Makes a source whose events are those of one test alone; gives its uid. */
    private static String newSource() throws Exception {
        String uid = "own-" + UUID.randomUUID();
        String source =
                "{\"name\":\"Own\",\"uid\":\"" + uid + "\",\"type\":\"generic\",\"config\":{\"secret\":\"inside\"}}";
        assertThat(status(manage("/ingest/api/v1/source").POST(HttpRequest.BodyPublishers.ofString(source))))
                .isEqualTo(201);
        return uid;
    }

    /** The ids of a source's events, newest first. */
    private static List<String> listed(String source, String query) throws Exception {
        return json(manage("/ingest/api/v1/source/" + source + "/event" + query).build())
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(event -> event.getString("id"))
                .toList();
    }

    private static String receivedAt(String source, String eventId) throws Exception {
        return json(event(source, eventId, "").build()).getString("receivedAt");
    }

    /** Returns when what is to be replayed has been found. */
    private static void replayMany(String source, String which) throws Exception {
        String task = json(manage("/ingest/api/v1/source/" + source + "/replay")
                        .POST(HttpRequest.BodyPublishers.ofString(which))
                        .build())
                .getString("id");
        await().atMost(SOON)
                .until(() -> json(manage("/api/v1/background-task/" + task).build())
                        .getString("status")
                        .equals("finished"));
    }

    /** The value of a metric; 0 while there is none. */
    private static double metric(String name) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url("/metrics"))).build();
        return send(request)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static int replay(String source, String eventId) throws Exception {
        return status(event(source, eventId, "/replay").POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static int discard(String source, String eventId) throws Exception {
        return status(event(source, eventId, "").DELETE());
    }

    private static int status(HttpRequest.Builder request) throws Exception {
        return send(request.build()).statusCode();
    }

    /** An answer that breaks the contract is an error. */
    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(SvixContract.violationOfAny(
                        request.method(),
                        request.uri().getRawPath(),
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse(""),
                        answer.body()))
                .isEmpty();
        return answer;
    }

    private static HttpRequest.Builder event(String source, String eventId, String operation) {
        return manage("/ingest/api/v1/source/" + source + "/event/" + eventId + operation);
    }

    private static HttpRequest.Builder manage(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).header("Authorization", "Bearer inside");
    }

    /** Of the observers of this application, each as method, outcome and error. */
    private static List<String> outcomes(JsonObject dispatch) {
        String prefix = Observers.class.getName() + ".";
        return dispatch.getJsonArray("observers").getValuesAs(JsonObject.class).stream()
                .filter(observer -> observer.getString("observer").startsWith(prefix))
                .map(observer -> observer.getString("observer").substring(prefix.length()) + " "
                        + observer.getString("outcome") + " " + observer.get("error"))
                .toList();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + System.getProperty("posthorn.port") + path;
    }

    private static String body(String id, String type) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\",\"data\":{\"order\":\"" + id + "\",\"amount\":5}}";
    }

    private static String receive(String source, String type) throws Exception {
        return post(source, body(UUID.randomUUID().toString(), type));
    }

    /** Posts a signed webhook to this very server; gives the id of the event. */
    private static String post(String source, String body, String... headers) throws Exception {
        return postTo("/webhooks/" + source, body, headers);
    }

    private static String postTo(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url(path)));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        HttpRequest request = builder.header("X-Webhook-Signature", PlainSignature.sign("inside", body.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json(request).getString("id");
    }

    private static JsonObject json(HttpRequest request) throws Exception {
        try (var reader = Json.createReader(new StringReader(send(request).body()))) {
            return reader.readObject();
        }
    }

    private void awaitStatus(String eventId, String status) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger.status(eventId)).isEqualTo(status));
    }
}
