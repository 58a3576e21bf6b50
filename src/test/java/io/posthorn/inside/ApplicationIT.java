package io.posthorn.inside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.posthorn.OutboundMessage;
import io.posthorn.PublishException;
import io.posthorn.WebhookEvent;
import io.posthorn.Webhooks;
import io.posthorn.access.AdminToken;
import io.posthorn.access.Organizations;
import io.posthorn.access.Token;
import io.posthorn.access.Tokens;
import io.posthorn.signature.PlainSignature;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
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
    AdminToken adminToken;

    @Inject
    Tokens tokens;

    @Deployment
    static WebArchive application() throws Exception {
        WebArchive war = ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("it.war")))
                .addClasses(Ledger.class, Observers.class, Payment.class, WhoAmI.class, WhoAmI.Where.class);
        for (Class<?> type : new Class<?>[] {Assertions.class, Awaitility.class, Matcher.class}) {
            war.addAsLibrary(new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return war;
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
    void oneTransactionMayPublishTenThousandMessages() throws Exception {
        String eventType = "bulk." + UUID.randomUUID();

        transaction.begin();
        for (int i = 0; i < 10_000; i++) {
            webhooks.publish(eventType, Map.of("number", i));
        }
        transaction.commit();

        assertThat(ledger.countMessagesOfType(eventType)).isEqualTo(10_000);
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
        String admin = Files.readString(adminToken.file().orElseThrow()).trim();
        String application = tokens.issue(
                Token.ofApplication(Organizations.DEFAULT, "app_1srOrx2ZWZBpBUvZwXKQmoEYga2", Set.of()),
                Duration.ofMinutes(1));

        assertThat(whoAmI(admin)).isEqualTo(Organizations.DEFAULT + " admin");
        assertThat(whoAmI(application)).isEqualTo("app_1srOrx2ZWZBpBUvZwXKQmoEYga2 application");
        assertThat(whoAmI("nobody")).contains("authentication_failed");
    }

    private static String whoAmI(String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url("/who/me")))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    // ------------------------------------------------------------------------------------------------------------

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
    private static String post(String source, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("/webhooks/" + source)))
                .header("X-Webhook-Signature", PlainSignature.sign("inside", body.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        try (var reader = Json.createReader(new StringReader(answer))) {
            return reader.readObject().getString("id");
        }
    }

    private void awaitStatus(String eventId, String status) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ledger.status(eventId)).isEqualTo(status));
    }
}
