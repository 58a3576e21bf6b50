package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.svix.api.ApplicationListOptions;
import com.svix.exceptions.ApiException;
import com.svix.models.ApplicationIn;
import com.svix.models.ApplicationOut;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.EventTypeIn;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.Ordering;
import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of Posthorn see, told against the real WAR on a real server. Each subclass is a server and a database. */
abstract class GatewayStories extends CredentialStories {

    // Receiving --------------------------------------------------------------------------------------------------

    @Test
    void aSignedWebhookIsAcceptedListedAndProcessed() {
        HttpResponse<String> answer = gateway.receive("/webhooks", event("accepted"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(answer).getString("status")).isEqualTo("received");
        String id = Gateway.json(answer).getString("id");
        assertThat(id).startsWith("evt_");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.eventStatus(id)).isEqualTo("PROCESSED"));
        JsonObject listed = gateway.events("?limit=250").getValuesAs(JsonObject.class).stream()
                .filter(event -> event.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(listed.getString("type")).isEqualTo("payment.succeeded");
        assertThat(listed.getString("source")).isEqualTo("default");
        assertThat(Instant.parse(listed.getString("timestamp")))
                .isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void theObserverOfThePlainWarLogsTheEvent() {
        String id = Gateway.json(gateway.receive("/webhooks/default/", event("logged")))
                .getString("id");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.log())
                        .anyMatch(line -> line.contains("Webhook " + id + ": payment.succeeded from default")));
    }

    @Test
    void aSecondArrivalIsAnsweredAsADuplicateOfTheFirst() {
        String first =
                Gateway.json(gateway.receive("/webhooks", event("twice"))).getString("id");

        JsonObject second = Gateway.json(gateway.receive("/webhooks/default", event("twice")));

        assertThat(second.getString("status")).isEqualTo("duplicate");
        assertThat(second.getString("id")).isEqualTo(first);
    }

    @Test
    void fiftyCopiesInTheSameInstantMakeOneEvent() {
        List<HttpResponse<String>> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> gateway.receive("/webhooks", event("parallel")))
                .toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream()
                        .map(answer -> Gateway.json(answer).getString("id"))
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.body().contains("received")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256=zz",
                "00",
                "sha256=0000000000000000000000000000000000000000000000000000000000000000"
            })
    void aSignatureThatIsNotGenuineIsRefusedAndUsesUpNoId(String signature) {
        byte[] body = event("forged" + signature).getBytes(UTF_8);

        HttpResponse<String> forged = gateway.post(
                "/webhooks", body, signature.isEmpty() ? Map.of() : Map.of("X-Webhook-Signature", signature));

        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(forged.body()).isEqualTo("{\"error\":\"Invalid signature\"}");
        assertThat(Gateway.json(gateway.receive("/webhooks", new String(body, UTF_8)))
                        .getString("status"))
                .isEqualTo("received");
    }

    @Test
    void theStandardWebhooksLibrarySignsWhatIsReceived() throws Exception {
        String id = "msg_" + UUID.randomUUID();
        String body = "{\"type\":\"invoice.paid\",\"data\":{}}";
        long now = Instant.now().getEpochSecond();
        String signature = new Webhook(SECRET).sign(id, now, body);

        HttpResponse<String> answer =
                gateway.post("/webhooks/standard", body.getBytes(UTF_8), standard(id, now, signature));

        assertThat(Gateway.json(answer).getString("status")).isEqualTo("received");
    }

    @Test
    void theSvixLibrarySignsWhatIsReceived() throws Exception {
        String id = "msg_" + UUID.randomUUID();
        String body = "{\"type\":\"café\",\"data\":{}}";
        long now = Instant.now().getEpochSecond();
        String signature = new com.svix.Webhook(SECRET).sign(id, now, body);

        HttpResponse<String> answer =
                gateway.post("/webhooks/standard", body.getBytes(UTF_8), standard(id, now, signature));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aReplayAfterTheToleranceIsRefused() throws Exception {
        String body = "{}";
        long old = Instant.now().minusSeconds(400).getEpochSecond();
        String signature = new Webhook(SECRET).sign("old", old, body);

        assertThat(gateway.post("/webhooks/standard", body.getBytes(UTF_8), standard("old", old, signature))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUnknownSourceIsNotFound() {
        HttpResponse<String> answer = gateway.receive("/webhooks/nobody", event("nobody"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Unknown source\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void anotherMethodThanPostIsNotAllowed(String method) {
        HttpResponse<String> answer = gateway.send(method, "/webhooks/default");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("POST"));
    }

    @Test
    void aBodyAboveTheLimitIsTooLargeWithAndWithoutADeclaredLength() {
        byte[] body = ("{\"x\":\"" + "x".repeat(MAX_BODY) + "\"}").getBytes(UTF_8);
        HttpRequest.Builder chunked = HttpRequest.newBuilder(gateway.uri("/webhooks"))
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));

        assertThat(gateway.post("/webhooks", body, Map.of()).statusCode()).isEqualTo(413);
        HttpResponse<String> answer = gateway.send(chunked);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Payload too large\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"type\":\"a\",\"type\":\"b\"}", "nonsense", "{\"type\":\"a\\u0000b\"}"})
    void aBodyThatIsNotWellFormedJsonIsRefused(String body) {
        HttpResponse<String> answer = gateway.receive("/webhooks", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Invalid payload\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | payload=%7B%22zen%22%3A%22a+b%22%7D",
                "application/x-www-form-urlencoded | x",
                "application/x-www-form-urlencoded | {\"n\":1}",
                "application/vnd.api+json          | {\"n\":2}",
                "application/json; charset=bogus   | {\"n\":3}",
                "applications/json                 | {\"n\":4}",
                "text/xml                          | <n>5</n>"
            })
    void aMislabelledBodyIsVerifiedAndStoredAllTheSame(String contentType, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        String signature = PlainSignature.sign(Gateway.SECRET, bytes);

        HttpResponse<String> answer = gateway.post(
                "/webhooks?debug=1", bytes, Map.of("Content-Type", contentType, "X-Webhook-Signature", signature));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void theListOfEventsIsForTheAdministratorAlone() {
        assertThat(gateway.send("GET", "/webhooks/events").statusCode()).isEqualTo(401);
        assertThat(gateway.manage("GET", "/webhooks/events?limit=x", "").statusCode())
                .isEqualTo(400);
        assertThat(gateway.manage("GET", "/webhooks/events?before=yesterday", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.manage("GET", "/webhooks/events/", "").statusCode()).isEqualTo(200);
    }

    @Test
    void theListOfEventsIsNewestFirstAndFiltered() {
        String older =
                Gateway.json(gateway.receive("/webhooks", event("list-1"))).getString("id");
        String newer =
                Gateway.json(gateway.receive("/webhooks", event("list-2"))).getString("id");

        assertThat(ids("?source=default&limit=250")).containsSubsequence(newer, older);
        assertThat(ids("?source=standard&limit=250")).doesNotContain(newer, older);
        assertThat(ids("?before=" + newer + "&limit=250")).contains(older).doesNotContain(newer);
        assertThat(ids("?before=" + receivedAt(newer) + "&limit=250"))
                .contains(older)
                .doesNotContain(newer);
        assertThat(ids("?status=dead")).isEmpty();
        assertThat(ids("?limit=1")).hasSize(1);
    }

    // Managing ---------------------------------------------------------------------------------------------------

    @Test
    void anApplicationIsCreatedFoundListedAndDeletedThroughTheSvixSdk() throws Exception {
        String uid = uid();
        ApplicationOut created = svix.getApplication()
                .create(new ApplicationIn().name("Acme").uid(uid).metadata(Map.of("plan", "gold")));

        assertThat(created.getId()).matches("app_[0-9A-Za-z]{27}");
        assertThat(svix.getApplication().get(uid)).isEqualTo(created);
        assertThat(svix.getApplication().get(created.getId()).getMetadata()).containsEntry("plan", "gold");
        assertThat(svix.getApplication().list(newest()).getData()).contains(created);

        svix.getApplication().delete(uid);

        assertThatThrownBy(() -> svix.getApplication().get(created.getId()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        assertThat(svix.getApplication()
                        .create(new ApplicationIn().name("Acme again").uid(uid))
                        .getId())
                .isNotEqualTo(created.getId());
    }

    @Test
    void aUidIsTakenOnceAndGetIfExistsGivesItsOwner() throws Exception {
        String body = "{\"name\":\"Acme\",\"uid\":\"" + uid() + "\"}";

        List<Integer> statuses = IntStream.range(0, 10)
                .parallel()
                .mapToObj(i -> gateway.manage("POST", "/api/v1/app", body).statusCode())
                .toList();

        assertThat(statuses).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
        assertThat(gateway.manage("POST", "/api/v1/app/?get_if_exists=true", body)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void listsArePagedInBothDirections() throws Exception {
        String app = application();
        List<String> created =
                Stream.generate(() -> endpoint(app, "/page").getId()).limit(5).toList();

        JsonObject first = Gateway.json(gateway.manage("GET", "/api/v1/app/" + app + "/endpoint?limit=2", ""));
        JsonObject second = Gateway.json(gateway.manage(
                "GET", "/api/v1/app/" + app + "/endpoint?limit=2&iterator=" + first.getString("iterator"), ""));
        JsonObject back = Gateway.json(gateway.manage(
                "GET", "/api/v1/app/" + app + "/endpoint?limit=2&iterator=" + second.getString("prevIterator"), ""));

        assertThat(dataIds(first)).containsExactly(created.get(4), created.get(3));
        assertThat(dataIds(second)).containsExactly(created.get(2), created.get(1));
        assertThat(dataIds(back)).isEqualTo(dataIds(first));
        assertThat(first.getBoolean("done")).isFalse();
        assertThat(back.getBoolean("done")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /api/v1/app?limit=x                      |                     | 400",
                "GET    | /api/v1/app?limit=251                    |                     | 422",
                "GET    | /api/v1/app?limit=3000000000             |                     | 422",
                "GET    | /api/v1/app?limit=-1                     |                     | 400",
                "GET    | /api/v1/app?iterator=msg_1               |                     | 422",
                "GET    | /api/v1/app/nobody                       |                     | 404",
                "DELETE | /api/v1/app/nobody                       |                     | 404",
                "POST   | /api/v1/app/nobody/msg                   | {\"eventType\":\"a\",\"payload\":{}} | 404",
                "POST   | /api/v1/app                              | {                   | 422",
                "POST   | /api/v1/app                              | ''                  | 422",
                "POST   | /api/v1/app                              | []                  | 422",
                "POST   | /api/v1/app                              | {\"name\":\"\"}     | 422",
                "POST   | /api/v1/app                              | {\"name\":1}        | 422",
                "POST   | /api/v1/app                              | {\"name\":\"a\",\"name\":\"b\"} | 422",
                "POST   | /api/v1/app                              | {\"name\":\"a\",\"uid\":\"a/b\"} | 422",
                "POST   | /api/v1/app                              | {\"name\":\"a\",\"uid\":\"app_1srOrx2ZWZBpBUvZwXKQmoEYga2\"} | 422",
                "POST   | /api/v1/event-type                       | {\"name\":\"null\",\"description\":\"d\",\"archived\":null} | 422",
                "POST   | /api/v1/event-type                       | {\"name\":\"null\",\"description\":\"d\",\"deprecated\":null} | 422",
                "POST   | /api/v1/event-type                       | {\"name\":\"null\",\"description\":\"\\u0007\"} | 422",
                "GET    | /api/v1/nothing                          |                     | 404"
            })
    void aRequestThatCannotBeServedIsAnsweredWithAClearError(String method, String path, String body, int status) {
        HttpResponse<String> answer = gateway.manage(method, path, body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Gateway.json(answer)).containsKey("detail");
    }

    @Test
    void aFieldThatBreaksARuleIsNamed() {
        JsonObject error = Gateway.json(gateway.manage("POST", "/api/v1/app", "{\"name\":\"a\",\"throttleRate\":0}"));

        JsonObject item = error.getJsonArray("detail").getJsonObject(0);
        assertThat(item.getJsonArray("loc").toString()).isEqualTo("[\"body\",\"throttleRate\"]");
        assertThat(item.getString("type")).isEqualTo("value_error");
    }

    @Test
    void withoutAValidTokenNothingIsServed() {
        HttpResponse<String> none = gateway.send("GET", "/api/v1/app");
        HttpResponse<String> wrong = gateway.send(
                HttpRequest.newBuilder(gateway.uri("/api/v1/app")).header("Authorization", "Bearer wrong"));

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).isEqualTo("{\"code\":\"authentication_failed\",\"detail\":\"Invalid token\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @Test
    void aMethodThatIsNotAllowedSaysWhichAreBeforeItAsksForAToken() {
        HttpResponse<String> answer = gateway.send("PUT", "/api/v1/app");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).isPresent();
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anEndpointIsCreatedFoundListedAndDeletedThroughTheSvixSdk() throws Exception {
        String app = application();
        EndpointOut created = svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn()
                                .url(URI.create("HTTP://LocalHost:80"))
                                .secret(SECRET)
                                .uid("ep-1"));

        assertThat(created.getUrl()).hasToString("http://localhost/");
        assertThat(svix.getEndpoint().get(app, "ep-1")).isEqualTo(created);
        assertThat(svix.getEndpoint().list(app).getData()).containsExactly(created);
        assertThat(svix.getEndpoint().getSecret(app, created.getId()).getKey()).isEqualTo(SECRET);

        svix.getEndpoint().delete(app, created.getId());

        assertThat(svix.getEndpoint().list(app).getData()).isEmpty();
    }

    @Test
    void anEndpointCannotFilterByAnUnknownEventType() {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                "/api/v1/app/" + application() + "/endpoint",
                "{\"url\":\"http://localhost/\",\"eventTypes\":[\"no.such.type\"]}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("no.such.type");
    }

    // Access -----------------------------------------------------------------------------------------------------

    @Test
    void aPortalTokenReachesItsOwnApplicationAlone() throws Exception {
        String own = application();
        String other = application();
        String token = Gateway.json(gateway.manage("POST", "/api/v1/auth/app-portal-access/" + own, "{}"))
                .getString("token");
        Gateway portal = new Gateway(server.url(), token);

        assertThat(portal.manage("GET", "/api/v1/app/" + own, "").statusCode()).isEqualTo(200);
        assertThat(portal.manage("GET", "/api/v1/app/" + own + "/endpoint", "").statusCode())
                .isEqualTo(200);
        assertThat(portal.manage("GET", "/api/v1/app/" + other, "").statusCode())
                .isEqualTo(404);
        HttpResponse<String> refused = portal.manage("GET", "/api/v1/app", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Gateway.json(refused).getString("code")).isEqualTo("insufficient access");
        assertThat(portal.manage("POST", "/api/v1/app/" + own + "/msg", "{}").statusCode())
                .isEqualTo(403);
        assertThat(portal.manage("GET", "/webhooks/events", "").statusCode()).isEqualTo(403);

        assertThat(portal.manage("POST", "/api/v1/auth/logout", "").statusCode())
                .isEqualTo(204);
        assertThat(portal.manage("GET", "/api/v1/app/" + own, "").statusCode()).isEqualTo(401);
    }

    @Test
    void theHealthOfTheSvixApiIsAnsweredWithoutAToken() {
        assertThat(gateway.send("GET", "/api/v1/health").statusCode()).isEqualTo(204);
        assertThat(gateway.send("GET", "/api/v1/health/ping/").statusCode()).isEqualTo(204);
    }

    // Publishing and delivering ----------------------------------------------------------------------------------

    @Test
    void aPublishedMessageArrivesAsItWasGivenAndBothLibrariesVerifyIt() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        String payload = "{\"id\":8202522731445525542,  \"amt\":1.10,\"e\":1E2,\"z\":-0,\"text\":\"café 😊\"}";

        HttpResponse<String> published = gateway.manage(
                "POST", "/api/v1/app/" + app + "/msg", "{\"payload\":" + payload + ",\"eventType\":\"order.paid\"}");

        assertThat(published.statusCode()).isEqualTo(202);
        Receiver.Request request = awaitRequests(path, 1).get(0);
        assertThat(request.text()).isEqualTo(payload);
        assertThat(request.header("Webhook-id"))
                .isEqualTo(Gateway.json(published).getString("id"));
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("User-agent")).matches("Posthorn/[0-9.]+");
        String secret = svix.getEndpoint().getSecret(app, endpoint.getId()).getKey();
        new Webhook(secret).verify(request.text(), request.httpHeaders().map());
        new com.svix.Webhook(secret).verify(request.text(), request.httpHeaders());
        assertThat(published.body()).contains("\"payload\":" + payload);
    }

    @Test
    void aDeliveryIsRetriedUnderTheSameIdUntilItSucceeds() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> n < 3 ? 500 : 204);

        MessageOut message = publish(app, "order.paid");

        assertThat(awaitRequests(path, 3).stream()
                        .map(request -> request.header("Webhook-id"))
                        .distinct())
                .containsExactly(message.getId());
        assertThat(awaitAttempts(app, message, 3).stream().map(MessageAttemptOut::getResponseStatusCode))
                .containsExactly((short) 204, (short) 500, (short) 500);
    }

    @Test
    void aDeliveryWhoseScheduleRunsOutEndsAfterItsLastAttempt() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answer(path, n -> 503);

        MessageOut message = publish(app, "order.paid");

        awaitAttempts(app, message, 3);
        assertThat(receiver.requestsTo(path)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410})
    void anAnswerThatCannotChangeEndsTheDeliveryAtOnce(int status) throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> status);

        MessageOut message = publish(app, "order.paid");

        assertThat(awaitAttempts(app, message, 1).get(0).getResponseStatusCode())
                .isEqualTo((short) status);
        assertThat(svix.getEndpoint().get(app, endpoint.getId()).getDisabled()).isEqualTo(status == 410);
    }

    @Test
    void aRedirectIsAFailureAndIsNotFollowed() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.redirect(path, 307, receiver.url(path + "/elsewhere"));

        MessageOut message = publish(app, "order.paid");

        assertThat(awaitAttempts(app, message, 3).get(0).getResponseStatusCode())
                .isEqualTo((short) 307);
        assertThat(receiver.requestsTo(path + "/elsewhere")).isEmpty();
    }

    @Test
    void aLongAnswerIsKeptInItsBeginningOnly() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        receiver.answerWithBodyOf(path, 5_000_000);

        MessageOut message = publish(app, "order.paid");

        assertThat(awaitAttempts(app, message, 1).get(0).getResponse()).hasSize(20_000);
    }

    @Test
    void anAddressOutsideThePublicInternetIsBlockedAndTheAttemptSaysWhichSettingDecides() throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://169.254.169.254/latest")));

        MessageOut message = publish(app, "order.paid");

        MessageAttemptOut attempt = awaitAttempts(app, message, 3).get(0);
        assertThat(attempt.getResponseStatusCode()).isZero();
        assertThat(attempt.getResponse())
                .contains("blocked", "169.254.169.254", "posthorn.delivery.allowed-subnets", "127.0.0.0/8");
    }

    @Test
    void aHostThatRefusesOrCannotBeResolvedIsRetried() throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://localhost:1/")));
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://no-such-host.invalid/")));

        MessageOut message = publish(app, "order.paid");

        assertThat(awaitAttempts(app, message, 6)).allMatch(attempt -> attempt.getResponseStatusCode() == 0);
    }

    @Test
    void filtersByEventTypeAndChannelDecideWhoReceives() throws Exception {
        String app = application();
        String type = uid();
        svix.getEventType().create(new EventTypeIn().name(type).description("a type"));
        String all = path();
        String typed = path();
        String channelled = path();
        endpoint(app, all);
        svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn().url(URI.create(receiver.url(typed))).filterTypes(Set.of(type)));
        svix.getEndpoint()
                .create(
                        app,
                        new EndpointIn()
                                .url(URI.create(receiver.url(channelled)))
                                .channels(Set.of("red", "blue")));

        publish(app, "another.type");
        publish(app, type);
        svix.getMessage()
                .create(
                        app,
                        new MessageIn().eventType("another.type").payload("{}").channels(Set.of("blue", "green")));

        awaitRequests(all, 3);
        awaitRequests(typed, 1);
        awaitRequests(channelled, 1);
    }

    @Test
    void anEventIdIsTakenOnceAndFindsItsMessage() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        String body = "{\"eventType\":\"order.paid\",\"eventId\":\"e-1\",\"payload\":{}}";

        List<Integer> statuses = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> gateway.manage("POST", "/api/v1/app/" + app + "/msg", body)
                        .statusCode())
                .toList();

        assertThat(statuses).containsOnlyOnce(202).allMatch(status -> status == 202 || status == 409);
        assertThat(svix.getMessage().get(app, "e-1").getEventType()).isEqualTo("order.paid");
        awaitRequests(path, 1);
    }

    @Test
    void deletingAnEndpointCancelsWhatIsOnItsWay() throws Exception {
        String app = application();
        String path = path();
        EndpointOut endpoint = endpoint(app, path);
        receiver.answer(path, n -> 500);
        MessageOut message = publish(app, "order.paid");
        awaitFailure(path);

        svix.getEndpoint().delete(app, endpoint.getId());
        int seen = receiver.requestsTo(path).size();
        publish(app, "order.paid");

        assertThat(svix.getMessage().get(app, message.getId()).getId()).isEqualTo(message.getId());
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> receiver.requestsTo(path).size() <= seen + 1);
    }

    // Operating --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void healthIsAnsweredOnTheApplicationsPort(String path) {
        HttpResponse<String> answer = gateway.send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(answer).getString("status")).isEqualTo("UP");
    }

    @Test
    void theGeneratedTokenIsShownOnceAtTheStart() {
        assertThat(server.log())
                .filteredOn(line -> line.contains(server.generatedToken()))
                .hasSize(2);
    }

    // ------------------------------------------------------------------------------------------------------------

    private static String event(String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"payment.succeeded\",\"data\":{\"amount\":5}}";
    }

    private static Map<String, String> standard(String id, long timestamp, String signature) {
        return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(timestamp), "webhook-signature", signature);
    }

    private String receivedAt(String id) {
        return gateway.events("?limit=250").getValuesAs(JsonObject.class).stream()
                .filter(event -> event.getString("id").equals(id))
                .map(event -> event.getString("timestamp"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> ids(String query) {
        return gateway.events(query).getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("id"))
                .toList();
    }

    private static List<String> dataIds(JsonObject page) {
        return page.getJsonArray("data").getValuesAs(JsonObject.class).stream()
                .map(item -> item.getString("id"))
                .toList();
    }

    /** Stories may have made more than a page has. */
    private static ApplicationListOptions newest() {
        ApplicationListOptions options = new ApplicationListOptions();
        options.setOrder(Ordering.DESCENDING);
        return options;
    }
}
