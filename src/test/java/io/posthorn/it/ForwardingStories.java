package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import com.svix.exceptions.ApiException;
import com.svix.models.ApplicationOut;
import com.svix.models.EndpointIn;
import com.svix.models.IngestEndpointHeadersIn;
import com.svix.models.IngestEndpointIn;
import com.svix.models.IngestEndpointOut;
import com.svix.models.IngestEndpointSecretIn;
import com.svix.models.IngestEndpointUpdate;
import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is received once is sent on to many. */
abstract class ForwardingStories extends SemanticsStories {

    private static final String SOURCES = "/ingest/api/v1/source";
    private static final String KEY = "forwarding-key";

    /** The default of {@code posthorn.delivery.max-hops}. */
    private static final int MAX_HOPS = 5;

    static Map<String, String> sources() {
        Map<String, String> settings = new HashMap<>();
        settings.put("posthorn.sources.fanned.type", "generic");
        settings.put("posthorn.sources.fanned.secret", KEY);
        settings.put("posthorn.sources.fanned.forward-to", "fan");
        settings.put("posthorn.sources.fanned.forward-headers", "X-Shop,X-Api-Key");
        settings.put("posthorn.sources.circle.type", "standard-webhooks");
        settings.put("posthorn.sources.circle.secret", SECRET);
        settings.put("posthorn.sources.circle.forward-to", "circle");
        return settings;
    }

    // Endpoints of a source --------------------------------------------------------------------------------------

    @Test
    void whatASourceReceivesIsSentOnToEachOfItsEndpointsByteForByte() throws Exception {
        String source = source("github");
        String one = path();
        String two = path();
        add(source, new IngestEndpointIn().url(URI.create(receiver.url(one))).secret(SECRET));
        add(source, new IngestEndpointIn().url(URI.create(receiver.url(two))));
        String body = "payload=%7B+%22zen%22%3A%221.10%22%7D";

        assertThat(receive(source, body, "application/x-www-form-urlencoded").statusCode())
                .isEqualTo(200);

        Receiver.Request request = awaitRequests(one, 1).get(0);
        assertThat(request.text()).isEqualTo(body);
        assertThat(request.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.header("X-github-event")).isEqualTo("push");
        assertThat(request.headers()).doesNotContainKey("X-hub-signature-256");
        assertThat(request.header("Posthorn-hops")).isEqualTo("1");
        new Webhook(SECRET).verify(request.text(), request.httpHeaders());
        assertThat(awaitRequests(two, 1).get(0).header("Webhook-id")).isEqualTo(request.header("Webhook-id"));
    }

    @Test
    void aDuplicateIsNotSentOn() throws Exception {
        String source = source("generic");
        String path = path();
        add(source, new IngestEndpointIn().url(URI.create(receiver.url(path))));
        String body = event();

        receive(source, body, "application/json");
        assertThat(Gateway.json(receive(source, body, "application/json")).getString("status"))
                .isEqualTo("duplicate");

        awaitRequests(path, 1);
    }

    @Test
    void anEndpointThatFailsIsTriedAgainUnderTheSameId() throws Exception {
        String source = source("generic");
        String path = path();
        receiver.answer(path, n -> n == 1 ? 500 : 200);
        add(source, new IngestEndpointIn().url(URI.create(receiver.url(path))));

        String id = Gateway.json(receive(source, event(), "application/json")).getString("id");

        assertThat(awaitRequests(path, 2).stream()
                        .map(request -> request.header("Webhook-id"))
                        .distinct())
                .hasSize(1);
        String deliveries = "/api/v1/app/source:" + source + "/msg/" + id + "/delivery";
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(gateway.manage("GET", deliveries, "").body()).contains("\"state\":\"succeeded\""));
    }

    @Test
    void theEndpointsOfASourceAreManagedWithSvixsClient() throws Exception {
        String source = source("generic");
        var endpoints = svix.getIngest().getEndpoint();
        String path = path();
        IngestEndpointOut created = add(
                source,
                new IngestEndpointIn()
                        .url(URI.create(receiver.url(path)))
                        .uid("till")
                        .description("a till"));

        assertThat(endpoints.get(source, "till").getId()).isEqualTo(created.getId());
        assertThat(endpoints.list(source).getData())
                .extracting(IngestEndpointOut::getDescription)
                .containsExactly("a till");
        endpoints.update(
                source,
                "till",
                new IngestEndpointUpdate()
                        .url(URI.create(receiver.url(path)))
                        .uid("till")
                        .description("another"));
        assertThat(endpoints.get(source, "till").getDescription()).isEqualTo("another");
        endpoints.rotateSecret(source, "till", new IngestEndpointSecretIn().key(SECRET));
        assertThat(endpoints.getSecret(source, "till").getKey()).isEqualTo(SECRET);
        endpoints.updateHeaders(source, "till", new IngestEndpointHeadersIn().headers(Map.of("X-Till", "7")));
        assertThat(endpoints.getHeaders(source, "till").getHeaders()).containsExactly(Map.entry("X-Till", "7"));
        receive(source, event(), "application/json");
        assertThat(awaitRequests(path, 1).get(0).header("X-till")).isEqualTo("7");

        endpoints.delete(source, "till");
        receive(source, event(), "application/json");
        awaitRequests(path, 1);
        assertThatThrownBy(() -> endpoints.get(source, "till"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
        assertThatThrownBy(() -> endpoints.list("none"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }

    @Test
    void theEndpointsOfASourceLiveAndEndWithIt() throws Exception {
        String source = source("generic");
        add(source, new IngestEndpointIn().url(URI.create(receiver.url(path()))));
        String application = "/api/v1/app/source:" + source;

        assertThat(gateway.manage("GET", "/api/v1/app?limit=250", "").body()).doesNotContain("source:");
        assertThat(gateway.manage("DELETE", application, "").statusCode()).isEqualTo(409);
        assertThat(gateway.manage("PATCH", application, "{\"uid\":null}").statusCode())
                .isEqualTo(409);
        assertThat(gateway.manage("GET", application + "/endpoint", "").statusCode())
                .isEqualTo(200);

        gateway.manage("DELETE", SOURCES + "/" + source, "");
        assertThat(gateway.manage("GET", application + "/endpoint", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatHappensToAnEndpointOfASourceIsToldUnderTheNamesForSources() throws Exception {
        String path = path();
        String listener = listener(path);
        try {
            String source = source("generic");
            String gone = path();
            receiver.answer(gone, n -> 410);
            IngestEndpointIn endpointIn = new IngestEndpointIn().url(URI.create(receiver.url(gone)));
            String endpoint = add(source, endpointIn).getId();
            String event =
                    Gateway.json(receive(source, event(), "application/json")).getString("id");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(told(path, endpoint))
                            .containsOnlyKeys("ingest.endpoint.disabled", "ingest.message.attempt.exhausted"));
            JsonObject disabled = told(path, endpoint).get("ingest.endpoint.disabled");
            JsonObject exhausted = told(path, endpoint).get("ingest.message.attempt.exhausted");
            assertThat(disabled.getString("sourceId")).isEqualTo(source);
            assertThat(disabled.getString("trigger")).isEqualTo("automatic");
            assertThat(exhausted.getString("sourceId")).isEqualTo(source);
            assertThat(exhausted.getString("msgEventId")).isEqualTo(event);
        } finally {
            svix.getOperationalWebhookEndpoint().delete(listener);
        }
    }

    // By configuration -------------------------------------------------------------------------------------------

    @Test
    void theConfigurationSendsASourceOnToAnApplication() throws Exception {
        String before = event();
        String missed = Gateway.json(fanned(before)).getString("id");
        ApplicationOut application = svix.getApplication().get("fan");
        String path = path();
        svix.getEndpoint().create(application.getId(), new EndpointIn().url(URI.create(receiver.url(path))));

        String body = event();
        String id = Gateway.json(fanned(body)).getString("id");

        Receiver.Request request = awaitRequests(path, 1).get(0);
        assertThat(request.text()).isEqualTo(body);
        assertThat(request.header("X-shop")).isEqualTo("Lyon");
        assertThat(svix.getMessage().get("fan", id).getId()).isEqualTo(request.header("Webhook-id"));
        assertThat(gateway.manage("GET", "/api/v1/app/fan/msg/" + missed, "").body())
                .contains("\"payload\":" + before);
    }

    // Circles ----------------------------------------------------------------------------------------------------

    @Test
    void aGatewayThatSendsToItselfStops() throws Exception {
        toCircle();
        svix.getEndpoint()
                .create(
                        "circle",
                        new EndpointIn()
                                .url(URI.create(server.url() + "/webhooks/circle"))
                                .secret(SECRET));

        toCircle();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.manage("GET", "/api/v1/dead-letter?app_id=circle", "")
                                .body())
                        .contains("answered 409"));
        // The one that had no endpoint yet, the one from outside, and what has gone round
        assertThat(gateway.events("?source=circle&limit=250")).hasSize(2 + MAX_HOPS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "1000000000000", "x"})
    void aWebhookThatHasComeThroughTooManyGatewaysIsRefused(String hops) {
        byte[] body = event().getBytes(UTF_8);
        Map<String, String> headers =
                Map.of("X-Webhook-Signature", PlainSignature.sign(Gateway.SECRET, body), "posthorn-hops", hops);

        HttpResponse<String> answer = gateway.post("/webhooks", body, headers);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Too many hops, the webhook goes in a circle\"}");
    }

    // ------------------------------------------------------------------------------------------------------------

    private static String event() {
        return "{ \"id\":\"" + uid() + "\", \"type\":\"order.paid\", \"total\":1.10 }";
    }

    private IngestEndpointOut add(String source, IngestEndpointIn endpoint) throws Exception {
        return svix.getIngest().getEndpoint().create(source, endpoint);
    }

    private String source(String type) {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"type\":\"" + type + "\",\"config\":{\"secret\":\"" + KEY + "\"}}");
        JsonObject source = Gateway.json(answer);
        return source.getString("id");
    }

    private HttpResponse<String> receive(String source, String body, String contentType) {
        String signature = PlainSignature.sign(KEY, body.getBytes(UTF_8));
        return gateway.post(
                "/webhooks/" + source,
                body.getBytes(UTF_8),
                Map.of(
                        "X-Webhook-Signature", signature,
                        "X-Hub-Signature-256", signature,
                        "X-GitHub-Event", "push",
                        "Content-Type", contentType));
    }

    private void toCircle() throws Exception {
        String id = uid();
        long now = Instant.now().getEpochSecond();
        String body = event();
        HttpResponse<String> answer = gateway.post(
                "/webhooks/circle",
                body.getBytes(UTF_8),
                Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", Long.toString(now),
                        "webhook-signature", new Webhook(SECRET).sign(id, now, body)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> fanned(String body) {
        String signature = PlainSignature.sign(KEY, body.getBytes(UTF_8));
        return gateway.post(
                "/webhooks/fanned", body.getBytes(UTF_8), Map.of("X-Webhook-Signature", signature, "X-Shop", "Lyon"));
    }
}
