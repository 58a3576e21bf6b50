package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.models.EndpointIn;
import com.svix.models.IngestEndpointIn;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.RecoverIn;
import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings other than the usual ones do. */
class SettingsIT extends StoryFixture {

    private static final String DATABASE = "settings";

    /** More than the test makes with any other token, and so few in a time that none is granted while it makes them. */
    private static final int REQUESTS = 1_000;

    private static final Duration OF_REQUESTS = Duration.ofHours(240);

    /** Of a whole schedule. */
    private static final long ATTEMPTS = 5;

    private static final String JWT_SECRET = "what the tokens of all organizations are signed with";
    private static final String ORGANIZATION = "org_1srOrx2ZWZBpBUvZwXKQmoEYga1";
    private static final String MANAGEMENT = "org_00000000000SvixManagement00";
    private static final String ANOTHER = "org_1srOrx2ZWZBpBUvZwXKQmoEYga2";

    /** Each look counts for the rate limit. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("The installation's authority");

    @Override
    ServerKind kind() {
        return ServerKind.PAYARA;
    }

    @Override
    Map<String, String> database() {
        Map<String, String> settings = new HashMap<>(Postgres.newDatabase(DATABASE));
        settings.putAll(Map.ofEntries(
                entry("posthorn.delivery.header-prefix", "svix"),
                entry("posthorn.delivery.default-signature", "ed25519"),
                entry("posthorn.delivery.proxy", receiver.url("")),
                entry("posthorn.delivery.proxy-exceptions", "localhost"),
                entry("posthorn.retention.payload", "PT2S"),
                entry("posthorn.retention.attempts", "PT4S"),
                entry("posthorn.retention.interval", "PT0.5S"),
                entry("posthorn.delivery.ca-file", file(AUTHORITY.pem())),
                entry("posthorn.delivery.retry-schedule", "0.1,0.1,0.1,0.1"),
                entry("posthorn.jwt.secret", JWT_SECRET),
                entry("posthorn.inbound.trusted-proxies", "127.0.0.0/8,::1"),
                // Of a server elsewhere, or of an older one; what Posthorn reads and writes is UTF-8 all the same.
                entry("file.encoding", "ISO-8859-1"),
                entry("posthorn.inbound.public-url", "https://hooks.example.com/in/"),
                entry("posthorn.api.rate-limit", REQUESTS + "/" + OF_REQUESTS.toHours() + "h")));
        return settings;
    }

    private static String file(String text) {
        try {
            return Files.writeString(Files.createTempFile("ca", ".pem"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endpointsMayBeCertifiedByTheInstallationsAuthority() throws Exception {
        try (Receiver certified =
                new Receiver(CertificateAuthority.serverContext(AUTHORITY.issue("receiver"), AUTHORITY), false)) {
            String app = application();
            String path = path();
            svix.getEndpoint().create(app, new EndpointIn().url(URI.create(certified.url(path))));

            publish(app, "order.paid");

            await().atMost(SOON).until(() -> certified.requestsTo(path).size() == 1);
        }
    }

    @Test
    void whatIsFinishedIsRemovedInTime() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        MessageIn named = new MessageIn().eventType("order.paid").payload("{}").eventId("once");
        MessageOut message = svix.getMessage().create(app, named);
        awaitRequests(path, 1);
        String url = "/api/v1/app/" + app + "/msg/" + message.getId();

        await().atMost(SOON)
                .until(() -> gateway.manage("GET", url, "").body().contains("\"payload\":{\"expired\":true}"));
        await().atMost(SOON).until(() -> gateway.manage("GET", url, "").statusCode() == 404);
        assertThat(svix.getMessage().create(app, named).getId()).isNotEqualTo(message.getId());
    }

    @Test
    void aMessageMayKeepItsContentLongerThanOthers() throws Exception {
        String app = application();
        endpoint(app, path());
        String lasting = svix.getMessage()
                .create(
                        app,
                        new MessageIn()
                                .eventType("order.paid")
                                .payload("{\"a\":1}")
                                .payloadRetentionPeriod(5L))
                .getId();
        String url = "/api/v1/app/" + app + "/msg/";
        String other = publish(app, "order.paid").getId();

        await().pollInterval(HALF_A_SECOND)
                .atMost(SOON)
                .until(() -> gateway.manage("GET", url + other, "").statusCode() == 404);

        assertThat(gateway.manage("GET", url + lasting, "").body()).contains("\"payload\":{\"a\":1}");
    }

    @Test
    void failuresFarApartOrWithASuccessBetweenThemDisableNothing() throws Exception {
        String app = application();
        String sporadic = path();
        String rare = path();
        receiver.answer(sporadic, n -> n == 2 ? 200 : 404);
        receiver.answer(rare, n -> 404);
        String sporadicApp = application();
        String sporadicEndpoint = endpoint(sporadicApp, sporadic).getId();
        String rareEndpoint = endpoint(app, rare).getId();
        awaitAttempts(app, publish(app, "order.paid"), 1);
        awaitAttempts(sporadicApp, publish(sporadicApp, "order.paid"), 1);
        awaitAttempts(sporadicApp, publish(sporadicApp, "order.paid"), 1);
        OffsetDateTime start = OffsetDateTime.now();

        await().atMost(SOON).until(() -> OffsetDateTime.now().isAfter(start.plus(DISABLE_AFTER)));
        awaitAttempts(sporadicApp, publish(sporadicApp, "order.paid"), 1);
        await().atMost(SOON).until(() -> OffsetDateTime.now().isAfter(start.plus(DISABLE_AFTER.multipliedBy(2))));
        awaitAttempts(app, publish(app, "order.paid"), 1);

        assertThat(svix.getEndpoint().get(sporadicApp, sporadicEndpoint).getDisabled())
                .isFalse();
        assertThat(svix.getEndpoint().get(app, rareEndpoint).getDisabled()).isFalse();
        assertThat(receiver.requestsTo(sporadic)).hasSize(3);
        assertThat(receiver.requestsTo(rare)).hasSize(2);
    }

    @Test
    void tasksAndTokensThatHaveEndedAreRemovedInTime() throws Exception {
        String app = application();
        String endpoint = endpoint(app, path()).getId();
        String task = svix.getEndpoint()
                .recover(app, endpoint, new RecoverIn().since(OffsetDateTime.now()))
                .getId();
        gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"brief\",\"expiry\":1}");
        gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"lasting\"}");

        assertThat(gateway.manage("GET", "/api/v1/background-task/" + task, "").statusCode())
                .isEqualTo(200);
        await().pollInterval(HALF_A_SECOND)
                .atMost(SOON)
                .until(() -> gateway.manage("GET", "/api/v1/background-task/" + task, "")
                                .statusCode()
                        == 404);
        await().pollInterval(HALF_A_SECOND)
                .atMost(SOON)
                .until(() ->
                        !gateway.manage("GET", "/api/v1/auth/token", "").body().contains("brief"));
        assertThat(gateway.manage("GET", "/api/v1/auth/token", "").body()).contains("lasting");
    }

    @Test
    void aTokenThatWasLoggedOutIsRememberedUntilItHasEndedByItself() {
        logOut(jwt("{\"sub\":\"" + ORGANIZATION + "\",\"jti\":\"1\"}"));
        logOut(jwt("{\"sub\":\"" + ORGANIZATION + "\",\"exp\":9000000000000000000}"));
        logOut(jwt("{\"sub\":\"" + ORGANIZATION + "\",\"exp\":"
                + Instant.now().plusSeconds(3600).getEpochSecond() + "}"));
        logOut(jwt("{\"sub\":\"" + ORGANIZATION + "\",\"exp\":"
                + Instant.now().plusSeconds(6).getEpochSecond() + "}"));

        assertThat(Postgres.count(DATABASE, "posthorn_revoked_token")).isEqualTo(4);
        await().atMost(SOON).until(() -> Postgres.count(DATABASE, "posthorn_revoked_token") < 4);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> Postgres.count(DATABASE, "posthorn_revoked_token") == 3);
    }

    @Test
    void anAnswerIsKeptTwelveHoursForThoseWhoRepeatTheRequest() {
        Map<String, String> key = Map.of("idempotency-key", uid());
        String first = createdUnder(key);

        letTimePass("11 hours 59 minutes");
        assertThat(createdUnder(key)).isEqualTo(first);

        letTimePass("1 minute");
        assertThat(createdUnder(key)).isNotEqualTo(first);
    }

    private String createdUnder(Map<String, String> key) {
        return Gateway.json(gateway.manage("POST", "/api/v1/app", "{\"name\":\"once\"}", key))
                .getString("id");
    }

    private static void letTimePass(String time) {
        Postgres.update(
                DATABASE, "UPDATE posthorn_idempotency_key SET expires_at = expires_at - INTERVAL '" + time + "'");
    }

    /** Slack's third retry comes when whoever remembers an event for five minutes has just forgotten it. */
    @Test
    void aRetryOfSlackThatComesSixMinutesLaterIsADuplicate() {
        String event =
                "{\"type\":\"event_callback\",\"event_id\":\"Ev" + uid() + "\",\"event\":{\"type\":\"app_mention\"}}";
        String first =
                Gateway.json(InboundStories.slackEvent(gateway, event, "1")).getString("id");

        minutesPassForDuplicates(6);

        assertThat(InboundStories.slackEvent(gateway, event, "3").body())
                .isEqualTo("{\"status\":\"duplicate\",\"id\":\"" + first + "\"}");

        minutesPassForDuplicates(24 * 60);

        assertThat(Gateway.json(InboundStories.slackEvent(gateway, event, "4")).getString("status"))
                .isEqualTo("received");
    }

    private static void minutesPassForDuplicates(int minutes) {
        Postgres.update(
                DATABASE, "UPDATE posthorn_inbox_key SET expires_at = expires_at - INTERVAL '" + minutes + " minutes'");
    }

    @Test
    void aTokenThatWasRotatedLeadsToItsSourceForTwoDays() {
        JsonObject source = Gateway.json(
                gateway.manage("POST", "/ingest/api/v1/source", "{\"name\":\"shop\",\"type\":\"generic-webhook\"}"));
        String rotate = "/ingest/api/v1/source/" + source.getString("id") + "/token/rotate";
        String path = "/webhooks/"
                + source.getString("ingestUrl").substring("https://hooks.example.com/in/webhooks/".length());
        gateway.manage("POST", rotate, "");
        gateway.manage("POST", rotate, "");
        gateway.manage("POST", rotate, "");

        timePassesForTokens("47 hours");
        assertThat(gateway.post(path, "{}".getBytes(UTF_8), Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(gateway.manage("POST", rotate, "").statusCode()).isEqualTo(400);

        timePassesForTokens("1 hour");
        assertThat(gateway.post(path, "{}".getBytes(UTF_8), Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(gateway.manage("POST", rotate, "").statusCode()).isEqualTo(200);
    }

    private static void timePassesForTokens(String time) {
        Postgres.update(DATABASE, "UPDATE posthorn_source_token SET expires_at = expires_at - INTERVAL '" + time + "'");
    }

    @Test
    void noTokenIsStoredAsItIsUsed() {
        int before = Postgres.count(DATABASE, "posthorn_token");
        String token = Gateway.json(gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"hashed\"}"))
                .getString("token");

        assertThat(Postgres.count(DATABASE, "posthorn_token")).isEqualTo(before + 1);
        assertThat(Postgres.count(DATABASE, "posthorn_token t WHERE CAST(t AS text) LIKE '%" + token + "%'"))
                .isZero();
    }

    private void logOut(String token) {
        Gateway leaving = new Gateway(server.url(), token);
        assertThat(leaving.manage("POST", "/api/v1/auth/logout", "").statusCode())
                .isEqualTo(204);
        assertThat(leaving.manage("GET", "/api/v1/app", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aProcessedEventIsRemovedInTimeAndItsHistoryWithItButNotWhatDuplicatesAreKnownBy() {
        AtomicReference<String> body = new AtomicReference<>();
        // On a busy machine one may be removed before it is looked at.
        String url = await().atMost(SOON)
                .until(
                        () -> {
                            body.set("{\"id\":\"" + uid() + "\"}");
                            return urlOf(received(body.get()));
                        },
                        event -> gateway.manage("GET", event, "").statusCode() == 200);

        await().atMost(SOON).until(() -> gateway.manage("GET", url, "").statusCode() == 404);

        assertThat(gateway.receive("/webhooks", body.get()).body())
                .isEqualTo("{\"status\":\"duplicate\",\"id\":\"" + url.substring(url.lastIndexOf('/') + 1) + "\"}");
    }

    @Test
    void anEventThatIsDeadOrStillToBeDispatchedIsNotRemoved() {
        String dead = received("{\"id\":\"" + uid() + "\"}");
        Postgres.update(DATABASE, "UPDATE posthorn_inbox_event SET status = 'DEAD' WHERE id = '" + dead + "'");
        String due = received("{\"id\":\"" + uid() + "\"}");
        Postgres.update(
                DATABASE,
                "UPDATE posthorn_inbox_event SET status = 'FAILED', due_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR"
                        + " WHERE id = '" + due + "'");

        String later = received("{\"id\":\"" + uid() + "\"}");
        await().atMost(SOON).until(() -> gateway.manage("GET", urlOf(later), "").statusCode() == 404);

        assertThat(List.of(dead, due))
                .allSatisfy(
                        id -> assertThat(gateway.manage("GET", urlOf(id), "").statusCode())
                                .isEqualTo(200));
    }

    private String received(String body) {
        return Gateway.json(gateway.receive("/webhooks", body)).getString("id");
    }

    private static String urlOf(String event) {
        return "/ingest/api/v1/source/default/event/" + event;
    }

    @Test
    void theHeadersAreThoseOfSvixAndTheKeyOfANewEndpointIsAPair() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();

        MessageOut message = publish(app, "order.paid");
        Receiver.Request request = awaitRequests(path, 1).get(0);

        assertThat(svix.getEndpoint().getSecret(app, endpoint).getKey()).startsWith("whpk_");
        assertThat(request.header("Svix-id")).isEqualTo(message.getId());
        assertThat(request.header("Svix-signature")).startsWith("v1a,");
        assertThat(request.headers()).doesNotContainKey("Webhook-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"behind.the.proxy.example", "my_service:8080"})
    void endpointsAreReachedThroughTheProxy(String host) throws Exception {
        String app = application();
        String path = path();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://" + host + path)));

        publish(app, "order.paid");

        assertThat(awaitRequests(path, 1).get(0).header("Host")).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0xA9FEA9FE", "2852039166", "169.254.43518"})
    void anAddressThatIsBlockedIsBlockedBehindAProxyToo(String address) throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://" + address + "/latest")));

        MessageOut message = publish(app, "order.paid");

        // They are soon removed here.
        List<MessageAttemptOut> attempts =
                await().atMost(SOON).until(() -> attempts(app, message), made -> !made.isEmpty());
        assertThat(attempts.get(0).getResponse()).startsWith("blocked: 169.254.169.254");
    }

    @Test
    void aMessageThatFailsForAWhileIsToldToBeFailingAndThenToHaveRecovered() throws Exception {
        String path = path();
        String listener = listener(path);
        String app = application();
        String failing = path();
        receiver.answer(failing, n -> n < 5 ? 500 : 200);
        String endpoint = endpoint(app, failing).getId();

        MessageOut message = publish(app, "order.paid");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told(path, endpoint))
                        .containsOnlyKeys("endpoint.created", "message.attempt.failing", "message.attempt.recovered"));
        svix.getOperationalWebhookEndpoint().delete(listener);

        assertLastAttempt(told(path, endpoint).get("message.attempt.failing"), message, 500);
        assertLastAttempt(told(path, endpoint).get("message.attempt.recovered"), message, 200);
    }

    @Test
    void aFailingEndpointIsDisabledThoughNoneOfItsManyDeliveriesRunsOutOfAttempts() throws Exception {
        String app = application();
        String path = path();
        receiver.answer(path, n -> 503);
        for (int i = 0; i < 30; i++) {
            publish(app, "order.paid");
        }
        String endpoint = endpoint(app, path).getId();

        gateway.manage(
                "POST",
                "/api/v1/app/" + app + "/endpoint/" + endpoint + "/replay-missing",
                "{\"since\":\"" + OffsetDateTime.now().minusMinutes(1) + "\"}");

        await().atMost(SOON)
                .pollInterval(HALF_A_SECOND)
                .until(() -> svix.getEndpoint().get(app, endpoint).getDisabled());
        assertThat(receiver.requestsTo(path).stream()
                        .collect(Collectors.groupingBy(request -> request.header("Svix-id"), Collectors.counting()))
                        .values())
                .allSatisfy(attempts -> assertThat(attempts).isLessThan(ATTEMPTS));
    }

    @Test
    void anEventThatIsSentOnAndFailsForAWhileIsToldUnderTheNamesForSources() throws Exception {
        String path = path();
        String listener = listener(path);
        JsonObject made = source(gateway);
        String source = made.getString("id");
        String ingestUrl = made.getString("ingestUrl");
        String failing = path();
        receiver.answer(failing, n -> n < 5 ? 500 : 200);
        String endpoint = svix.getIngest()
                .getEndpoint()
                .create(source, new IngestEndpointIn().url(URI.create(receiver.url(failing))))
                .getId();

        String event = Gateway.json(gateway.post(
                        ingestUrl.substring(ingestUrl.indexOf("/webhooks/")), "{}".getBytes(UTF_8), Map.of()))
                .getString("id");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told(path, endpoint))
                        .containsOnlyKeys("ingest.message.attempt.failing", "ingest.message.attempt.recovered"));
        svix.getOperationalWebhookEndpoint().delete(listener);

        assertThat(told(path, endpoint)).allSatisfy((type, data) -> {
            assertThat(data.getString("sourceId")).isEqualTo(source);
            assertThat(data.getString("msgEventId")).isEqualTo(event);
        });
        assertLastAttempt(told(path, endpoint).get("ingest.message.attempt.failing"), 500);
        assertLastAttempt(told(path, endpoint).get("ingest.message.attempt.recovered"), 200);
    }

    private static void assertLastAttempt(JsonObject told, MessageOut message, int status) {
        assertThat(told.getString("msgId")).isEqualTo(message.getId());
        assertLastAttempt(told, status);
    }

    private static void assertLastAttempt(JsonObject told, int status) {
        assertThat(told.getJsonObject("lastAttempt").getInt("responseStatusCode"))
                .isEqualTo(status);
    }

    @Test
    void anOrganizationSeesNothingOfAnother() {
        Gateway own = organization(ORGANIZATION);
        Gateway other = organization(ANOTHER);
        String uid = uid();
        String named = "{\"name\":\"" + uid + "\",\"uid\":\"" + uid + "\",\"description\":\"d\"}";
        String app = "/api/v1/app/" + uid;
        String types = "/api/v1/event-type";
        own.manage("POST", "/api/v1/app", named);
        own.manage("POST", app + "/endpoint", "{\"url\":\"http://example.com/\",\"uid\":\"e\"}");
        own.manage("POST", app + "/msg", "{\"eventType\":\"a\",\"payload\":{},\"eventId\":\"m\"}");
        own.manage("POST", types, named);

        assertThat(List.of(app, app + "/endpoint", app + "/endpoint/e/headers", app + "/msg/m", types + "/" + uid))
                .allSatisfy(path -> {
                    assertThat(own.manage("GET", path, "").statusCode()).isEqualTo(200);
                    assertThat(other.manage("GET", path, "").statusCode()).isEqualTo(404);
                    assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
                });
        assertThat(List.of(app, app + "/endpoint/e", types + "/" + uid))
                .allSatisfy(path -> assertThat(other.manage("DELETE", path, "").statusCode())
                        .isEqualTo(404));
        assertThat(other.manage("GET", "/api/v1/app?limit=250", "").body()).doesNotContain(uid);
        assertThat(other.manage("GET", types + "?limit=250", "").body()).doesNotContain(uid);

        assertThat(other.manage("POST", "/api/v1/app", named).statusCode()).isEqualTo(201);
        assertThat(other.manage("POST", types, named).statusCode()).isEqualTo(201);
        assertThat(other.manage("DELETE", app, "").statusCode()).isEqualTo(204);
        assertThat(own.manage("GET", app + "/endpoint/e", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sub\":\"" + ORGANIZATION + "\"} | 200",
                "{} | 401",
                "{\"org\":\"" + ORGANIZATION + "\"} | 401",
                "{\"sub\":\"user_1\"} | 400",
                "{\"org\":\"" + ORGANIZATION + "\",\"sub\":\"" + ORGANIZATION + "\"} | 400"
            })
    void aTokenSaysWhoseItIs(String claims, int status) {
        assertThat(new Gateway(server.url(), jwt(claims))
                        .manage("GET", "/api/v1/app", "")
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void whoTakesTheSigningSecretForATokenIsToldSo() {
        HttpResponse<String> answer = new Gateway(server.url(), JWT_SECRET).manage("GET", "/api/v1/app", "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Gateway.json(answer).getString("detail"))
                .isEqualTo("Authentication failed. JWT signing secrets can not be used as tokens, please refer to"
                        + " https://github.com/svix/svix-webhooks#authentication for more information.");
        assertThat(answer.body()).doesNotContain(JWT_SECRET);
        assertThat(Gateway.json(new Gateway(server.url(), "nothing").manage("GET", "/api/v1/app", ""))
                        .getString("detail"))
                .isEqualTo("Invalid token");
    }

    @Test
    void theTypesOfOperationalWebhooksAreThereFromTheStart() {
        assertThat(Gateway.json(organization(MANAGEMENT).manage("GET", "/api/v1/event-type", ""))
                        .getJsonArray("data")
                        .getValuesAs(JsonObject.class))
                .extracting(type -> type.getString("name"))
                .contains(
                        "endpoint.created",
                        "endpoint.deleted",
                        "endpoint.disabled",
                        "endpoint.updated",
                        "message.attempt.exhausted",
                        "message.attempt.failing",
                        "message.attempt.recovered");
    }

    private Gateway organization(String id) {
        return new Gateway(server.url(), jwt("{\"sub\":\"" + id + "\"}"));
    }

    private static String jwt(String claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKey(new HmacKey(JWT_SECRET.getBytes(UTF_8)));
        signature.setPayload(claims);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anOrganizationSeesNothingOfWhatAnotherReceives() {
        assertThat(Gateway.json(gateway.receive("/webhooks", "{\"id\":\"" + uid() + "\"}"))
                        .getString("status"))
                .isEqualTo("received");

        assertThat(organization(ANOTHER).manage("GET", "/webhooks/events", "").body())
                .isEqualTo("[]");
    }

    @Test
    void behindATrustedProxyListsAndRatesGoByTheAddressThatItNames() {
        assertThat(statusFrom("192.0.2.1", "walled")).isEqualTo(200);
        assertThat(statusFrom("2001:db8::1", "walled")).isEqualTo(200);
        assertThat(statusFrom("198.51.100.1", "walled")).isEqualTo(403);

        assertThat(Stream.generate(() -> statusFrom("203.0.113.1", "limited")).limit(3))
                .containsExactly(200, 200, 429);
        assertThat(statusFrom("203.0.113.2", "limited")).isEqualTo(200);

        // What a client says of itself, the proxy has put before its address
        assertThat(statusFrom("192.0.2.1, 198.51.100.1", "walled")).isEqualTo(403);
        assertThat(statusFrom("203.0.113.3, 203.0.113.1", "limited")).isEqualTo(429);
    }

    /** Looked at until it is there, as what has been processed is soon removed here. */
    @Test
    void textIsKeptWhateverTheCharsetOfTheServer() {
        String text = "caf\u00e9 \ud83d\ude0a \u2026";
        await().atMost(SOON).untilAsserted(() -> {
            JsonObject event = eventOf("{\"title\":\"" + text + "\",\"action\":\"" + text + "\"}");
            assertThat(new String(Base64.getDecoder().decode(event.getString("body")), UTF_8))
                    .isEqualTo("{\"title\":\"" + text + "\",\"action\":\"" + text + "\"}");
            assertThat(event.getString("type")).isEqualTo("issues." + text);
        });
        assertThat(gateway.manage("POST", "/api/v1/app", "{\"name\":\"" + text + "\"}")
                        .body())
                .contains(text);
    }

    private JsonObject eventOf(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        HttpResponse<String> answer = gateway.post(
                "/webhooks/github",
                bytes,
                Map.of(
                        "X-Hub-Signature-256",
                        PlainSignature.sign(InboundStories.KEY, bytes),
                        "X-GitHub-Event",
                        "issues",
                        "X-GitHub-Delivery",
                        uid()));
        assertThat(answer.statusCode()).isEqualTo(200);
        String id = Gateway.json(answer).getString("id");
        return Gateway.json(gateway.manage("GET", "/ingest/api/v1/source/github/event/" + id, ""));
    }

    private int statusFrom(String addresses, String source) {
        byte[] body = "{}".getBytes(UTF_8);
        return gateway.post(
                        "/webhooks/" + source,
                        body,
                        Map.of(
                                "X-Forwarded-For",
                                addresses,
                                "X-Webhook-Signature",
                                PlainSignature.sign(InboundStories.KEY, body)))
                .statusCode();
    }

    @Test
    void ofEventsThatComeTogetherNoneIsStoredIfTheDatabaseRefusesOneAndTheSenderMayComeAgain() {
        byte[] body = ("{\"value\":[" + notification("created") + "," + notification("refused") + "]}").getBytes(UTF_8);
        String constraint = "posthorn_inbox_event %s CONSTRAINT nothing_refused";
        Postgres.update(DATABASE, "ALTER TABLE " + constraint.formatted("ADD") + " CHECK (event_type <> 'refused')");
        HttpResponse<String> refused = gateway.whileTheServerMayFail().post("/webhooks/ms-graph", body, Map.of());
        Postgres.update(DATABASE, "ALTER TABLE " + constraint.formatted("DROP"));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Internal server error\"}");
        assertThat(gateway.events("?source=ms-graph")).isEmpty();

        HttpResponse<String> again = gateway.post("/webhooks/ms-graph", body, Map.of());
        HttpResponse<String> onceMore = gateway.post("/webhooks/ms-graph", body, Map.of());
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(again).getString("status")).isEqualTo("received");
        assertThat(Gateway.json(again).getJsonArray("ids")).hasSize(2);
        assertThat(Gateway.json(onceMore).getString("status")).isEqualTo("duplicate");
        assertThat(Gateway.json(onceMore).get("ids"))
                .isEqualTo(Gateway.json(again).get("ids"));
    }

    private static String notification(String changeType) {
        return "{\"clientState\":\"" + InboundStories.KEY + "\",\"id\":\"" + uid() + "\",\"changeType\":\"" + changeType
                + "\"}";
    }

    @Test
    void aSourceIsReachedUnderThePublicUrl() {
        JsonObject source = source(gateway);

        assertThat(source.getString("ingestUrl")).matches("https://hooks\\.example\\.com/in/webhooks/[\\w-]{32}");
        assertThat(Gateway.json(gateway.manage(
                                "POST", "/ingest/api/v1/source/" + source.getString("id") + "/token/rotate", ""))
                        .getString("ingestUrl"))
                .startsWith("https://hooks.example.com/in/webhooks/");
    }

    @Test
    void aSourceOfOneOrganizationIsNotThereForAnother() {
        String source = "/ingest/api/v1/source/" + source(gateway).getString("id");
        Gateway other = organization(ANOTHER);

        assertThat(Gateway.json(other.manage("GET", "/ingest/api/v1/source", ""))
                        .getJsonArray("data"))
                .isEmpty();
        for (String path : List.of("", "/event", "/endpoint", "/event/evt_1")) {
            assertThat(other.manage("GET", source + path, "").statusCode()).isEqualTo(404);
        }
        assertThat(other.manage("GET", "/ingest/api/v1/source/default/event", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(other.manage("PATCH", source, "{\"name\":\"mine\"}").statusCode())
                .isEqualTo(404);
        assertThat(other.manage("POST", source + "/token/rotate", "").statusCode())
                .isEqualTo(404);
        assertThat(other.manage("DELETE", source, "").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("GET", source, "").statusCode()).isEqualTo(200);
        String theirs = source(other).getString("id");
        assertThat(other.manage("GET", "/ingest/api/v1/source", "").body()).contains(theirs);
        assertThat(gateway.manage("GET", "/ingest/api/v1/source?limit=250", "").body())
                .doesNotContain(theirs);
    }

    private static JsonObject source(Gateway gateway) {
        return Gateway.json(
                gateway.manage("POST", "/ingest/api/v1/source", "{\"name\":\"shop\",\"type\":\"generic-webhook\"}"));
    }

    @Test
    void aTokenMayMakeSoManyRequests() {
        String text = Gateway.json(gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"busy\"}"))
                .getString("token");
        Gateway busy = new Gateway(server.url(), text);
        IntStream.range(0, REQUESTS)
                .forEach(i -> assertThat(
                                busy.manage("GET", "/api/v1/app?limit=0", "").statusCode())
                        .isEqualTo(200));

        HttpResponse<String> refused = busy.manage("GET", "/api/v1/app", "");
        HttpResponse<String> ofEvents = busy.manage("GET", "/webhooks/events", "");

        assertThat(refused.body()).contains("\"code\":\"rate_limit\"");
        assertThat(ofEvents.body()).isEqualTo("{\"error\":\"Too many requests with this token\"}");
        assertThat(List.of(refused, ofEvents)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            answer.headers().firstValue("retry-after").orElse("")))
                    .isBetween(1, (int) OF_REQUESTS.toSeconds() / REQUESTS);
        });
    }
}
