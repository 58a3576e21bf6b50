package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders and administrators are promised of the paths of receiving, whatever the provider. */
abstract class ReceivingStories extends ChaosStories {

    /** Of events that one request can bring. */
    private static final int CROWD = 101;

    static Map<String, String> sources() {
        Map<String, String> settings = new HashMap<>();
        settings.put("posthorn.sources.crowd.type", "ms-graph");
        settings.put("posthorn.sources.crowd.secret", Gateway.SECRET);
        settings.put("posthorn.sources.told.type", "generic");
        settings.put("posthorn.sources.told.secret", Gateway.SECRET);
        settings.put("posthorn.sources.told.rate-limit", "4/24h");
        settings.put("posthorn.sources.acme.type", "custom");
        settings.put("posthorn.sources.acme.secret", "s3cret,the-one-before");
        settings.put("posthorn.sources.acme.header", "X-Acme-Signature");
        settings.put("posthorn.sources.acme.prefix", "sha512=");
        settings.put("posthorn.sources.acme.algorithm", "hmac-sha512");
        settings.put("posthorn.sources.acme.encoding", "base64");
        settings.put("posthorn.sources.acme.content", "{timestamp}.{body}");
        settings.put("posthorn.sources.acme.timestamp-header", "X-Acme-Time");
        settings.put("posthorn.sources.acme.type-header", "X-Acme-Event");
        return settings;
    }

    @Test
    void aSchemeOfOnesOwnIsDeclaredInTheConfigurationOrByAnOperation() throws GeneralSecurityException {
        String uid = uid();
        HttpResponse<String> created = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"acme\",\"uid\":\"" + uid + "\",\"type\":\"custom\",\"config\":{"
                        + "\"secret\":\"s3cret,the-one-before\",\"header\":\"X-Acme-Signature\",\"prefix\":\"sha512=\","
                        + "\"algorithm\":\"hmac-sha512\",\"encoding\":\"base64\",\"content\":\"{timestamp}.{body}\","
                        + "\"timestampHeader\":\"X-Acme-Time\",\"typeHeader\":\"X-Acme-Event\"}}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).doesNotContain("s3cret");

        for (String source : List.of("acme", uid)) {
            Instant now = Instant.now();
            HttpResponse<String> taken = acme(source, "s3cret", now, "{}");
            assertThat(taken.statusCode()).as(source).isEqualTo(200);
            assertThat(gateway.manage(
                                    "GET",
                                    SOURCES + "/" + source + "/event/"
                                            + Gateway.json(taken).getString("id"),
                                    "")
                            .body())
                    .contains("\"type\":\"parcel.sent\"");
            assertThat(acme(source, "the-one-before", now, "[]").statusCode()).isEqualTo(200);
            assertThat(acme(source, "a stranger's", now, "{}").statusCode()).isEqualTo(401);
            assertThat(acme(source, "s3cret", now.minusSeconds(400), "{}").statusCode())
                    .isEqualTo(401);
        }
    }

    private HttpResponse<String> acme(String source, String key, Instant time, String body)
            throws GeneralSecurityException {
        String seconds = Long.toString(time.getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA512"));
        byte[] signature = mac.doFinal((seconds + "." + body).getBytes(UTF_8));
        return gateway.post(
                "/webhooks/" + source,
                body.getBytes(UTF_8),
                Map.of(
                        "X-Acme-Signature",
                        "sha512=" + Base64.getEncoder().encodeToString(signature),
                        "X-Acme-Time",
                        seconds,
                        "X-Acme-Event",
                        "parcel.sent"));
    }

    @Test
    void ofMoreEventsTheNewestHundredAreListedUnlessALimitIsGiven() {
        String notifications = IntStream.range(0, CROWD)
                .mapToObj(n -> "{\"clientState\":\"" + Gateway.SECRET + "\",\"n\":" + n + "}")
                .collect(Collectors.joining(",", "{\"value\":[", "]}"));
        HttpResponse<String> answer = gateway.post("/webhooks/crowd", notifications.getBytes(UTF_8), Map.of());
        assertThat(Gateway.json(answer).getJsonArray("ids")).hasSize(CROWD);

        List<String> all = listed("?source=crowd&limit=250");

        assertThat(all).hasSize(CROWD).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(listed("?source=crowd")).isEqualTo(all.subList(0, 100));
        assertThat(listed("?source=crowd&before=" + all.get(99))).containsExactly(all.get(100));
    }

    private List<String> listed(String query) {
        return gateway.events(query).getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("id"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "251", "many", ""})
    void aLimitBeyondItsBoundsIsRefused(String limit) {
        HttpResponse<String> answer = gateway.manage("GET", "/webhooks/events?limit=" + limit, "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Gateway.json(answer).getString("error")).contains("limit");
    }

    @Test
    void everyPathMayEndWithASlash() {
        String body = "{\"id\":\"" + uid() + "\",\"type\":\"order.paid\"}";
        String id = Gateway.json(gateway.receive("/webhooks/", body)).getString("id");
        String event = SOURCES + "/default/event/" + id + "/";
        String source = Gateway.json(
                        gateway.manage("POST", SOURCES + "/", "{\"name\":\"shop\",\"type\":\"generic-webhook\"}"))
                .getString("id");
        String path = SOURCES + "/" + source + "/";

        assertThat(gateway.send("GET", "/webhooks/").statusCode()).isEqualTo(405);
        await().atMost(SOON)
                .until(() -> Gateway.json(gateway.manage("GET", event, ""))
                        .getString("status")
                        .equals("PROCESSED"));
        assertThat(status("POST", event + "replay/", "")).isEqualTo(202);
        assertThat(status("GET", SOURCES + "/default/event/", "")).isEqualTo(200);
        assertThat(status("POST", SOURCES + "/default/replay/", "{\"since\":\"" + Instant.now() + "\"}"))
                .isEqualTo(202);
        assertThat(status("GET", SOURCES + "/", "")).isEqualTo(200);
        assertThat(status("POST", path + "token/rotate/", "")).isEqualTo(200);
        assertThat(status("GET", path + "endpoint/", "")).isEqualTo(200);
        assertThat(status("PATCH", path, "{\"name\":\"till\"}")).isEqualTo(200);
        assertThat(status("PUT", path, "{\"name\":\"till\",\"type\":\"generic-webhook\"}"))
                .isEqualTo(200);
        assertThat(status("GET", path, "")).isEqualTo(200);
        assertThat(status("DELETE", path, "")).isEqualTo(204);
    }

    private int status(String method, String path, String body) {
        return gateway.manage(method, path, body).statusCode();
    }

    /** Who is refused for something else has used up some of it all the same. */
    @Test
    void whateverBecomesOfARequestItsSenderIsToldWhatIsLeft() {
        List<HttpResponse<String>> answers = List.of(
                gateway.receive("/webhooks/told", "{\"id\":\"" + uid() + "\"}"),
                gateway.post("/webhooks/told", "{}".getBytes(UTF_8), Map.of("X-Webhook-Signature", "sha256=00")),
                gateway.receive("/webhooks/told", "{"),
                gateway.send("GET", "/webhooks/told"),
                gateway.receive("/webhooks/told", "{}"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(200, 401, 400, 405, 429);
        assertThat(answers)
                .extracting(answer ->
                        answer.headers().firstValue("RateLimit-Remaining").orElse("none"))
                .containsExactly("3", "2", "1", "0", "0");
    }

    /** From bug reports about others: long, empty, with what no header may have, nor a report of tests. */
    @ParameterizedTest(name = "{index}")
    @MethodSource("oddIds")
    void anIdThatIsNoneIsNoEventsId(String id) {
        Wire wire = new Wire(server.url());

        List<Wire.Answer> answers =
                Stream.generate(() -> under(id, wire)).limit(2).toList();

        assertThat(answers).extracting(Wire.Answer::status).allMatch(status -> status == 200 || status / 100 == 4);
        // A server may put a blank for these (RFC 9110, section 5.5), and with a blank an id is one.
        if (!id.matches("a[\\r\\t]b")) {
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 200)
                    .allMatch(answer -> answer.text().contains("\"received\""));
        }
    }

    static List<String> oddIds() {
        return List.of("", "   ", "x".repeat(300), "x".repeat(10_000), "a\0b", "a\rb", "a\tb", "a\u007fb");
    }

    private static Wire.Answer under(String id, Wire wire) {
        byte[] body = ("{\"n\":\"" + uid() + "\"}").getBytes(UTF_8);
        return wire.send(
                "POST",
                "/webhooks",
                List.of(
                        "Content-Type: application/json",
                        "X-Webhook-Event-Id: " + id,
                        "X-Webhook-Signature: " + PlainSignature.sign(Gateway.SECRET, body)),
                body);
    }
}
