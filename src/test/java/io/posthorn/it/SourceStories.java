package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources made by operations, and what they have received. */
abstract class SourceStories extends ForwardingStories {

    private static final String SOURCES = "/ingest/api/v1/source";

    @Test
    void aSourceIsCreatedAndReceivesAtOnce() {
        String uid = uid();
        JsonObject source = create(uid, "generic", "s3cret-1");
        String body = "{\"id\":\"1\",\"type\":\"order.paid\"}";

        HttpResponse<String> byUid = receive("/webhooks/" + uid, "s3cret-1", body);
        HttpResponse<String> byToken =
                receive(URI.create(source.getString("ingestUrl")).getPath(), "s3cret-1", body);

        assertThat(source.toString()).doesNotContain("s3cret");
        assertThat(source.getString("id")).matches("src_[A-Za-z0-9]{21,22}");
        assertThat(byUid.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(byToken).getString("status")).isEqualTo("duplicate");
        assertThat(receive("/webhooks/" + uid, "s3cret-2", body).statusCode()).isEqualTo(401);
        assertThat(receive("/webhooks/" + source.getString("id"), "s3cret-1", body)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSourceIsChangedListedAndDeleted() {
        String uid = uid();
        JsonObject source = create(uid, "generic", "s3cret-1");
        String path = SOURCES + "/" + uid;

        assertThat(Gateway.json(gateway.manage("PATCH", path, "{\"name\":\"renamed\"}"))
                        .getString("name"))
                .isEqualTo("renamed");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(200);
        assertThat(gateway.manage(
                                "PUT",
                                path,
                                "{\"name\":\"again\",\"uid\":\"" + uid
                                        + "\",\"type\":\"github\",\"config\":{\"secret\":\"other\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(401);
        assertThat(gateway.manage("GET", SOURCES + "?limit=250", "").body()).contains(source.getString("id"));
        assertThat(gateway.manage("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void aTokenIsRotatedWithAnOverlap() {
        JsonObject source = create(uid(), "generic", "s3cret-1");
        String before = URI.create(source.getString("ingestUrl")).getPath();

        String after = URI.create(Gateway.json(
                                gateway.manage("POST", SOURCES + "/" + source.getString("id") + "/token/rotate", ""))
                        .getString("ingestUrl"))
                .getPath();

        assertThat(after).isNotEqualTo(before);
        assertThat(receive(before, "s3cret-1", "{}").statusCode()).isEqualTo(200);
        assertThat(receive(after, "s3cret-1", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aSourceWithoutVerificationIsReachedByItsTokenAlone() {
        String uid = uid();
        JsonObject source = Gateway.json(gateway.manage(
                "POST", SOURCES, "{\"name\":\"open\",\"uid\":\"" + uid + "\",\"type\":\"generic-webhook\"}"));
        String path = URI.create(source.getString("ingestUrl")).getPath();

        assertThat(gateway.post(path, "{}".getBytes(UTF_8), Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("/webhooks/" + uid, "{}".getBytes(UTF_8), Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSourceMayHaveASchemaForEachEventTypeAndAnOrder() {
        String uid = uid();
        HttpResponse<String> created = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"uid\":\"" + uid + "\",\"type\":\"generic\",\"config\":{\"secret\":\"s\","
                        + "\"order\":\"/customer\",\"schemas\":{\"order.*\":{\"required\":[\"amount\"]}}}}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(Gateway.json(created).getJsonObject("config").getJsonObject("schemas"))
                .containsOnlyKeys("order.*");

        assertThat(receive("/webhooks/" + uid, "s", "{\"type\":\"order.paid\",\"amount\":1,\"customer\":\"c\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s", "{\"type\":\"order.paid\"}").statusCode())
                .isEqualTo(422);
        assertThat(receive("/webhooks/" + uid, "s", "{\"type\":\"user.created\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSettingThatIsMistypedIsRefusedByItsName() {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"allowedIp\":\"192.0.2.1\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(Gateway.json(answer).getJsonArray("detail").getJsonObject(0).get("loc"))
                .hasToString("[\"body\",\"config\",\"allowedIp\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "github  | {'secret':'s3cret'}",
                "meta    | {'secret':'s3cret','verifyToken':'s3cret-2'}",
                "shopify | {'secret':'s3cret'}",
                "slack   | {'secret':'s3cret'}",
                "stripe  | {'secret':'s3cret'}",
                "svix    | {'secret':'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'}",
                "zoom    | {'secret':'s3cret'}"
            })
    void whatSvixsClientsSayOfASourceIsTakenAndNoSecretIsReadBack(String type, String config) {
        HttpResponse<String> created = gateway.manage(
                "POST", SOURCES, ("{'name':'shop','type':'" + type + "','config':" + config + "}").replace('\'', '"'));

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String read = gateway.manage(
                        "GET", SOURCES + "/" + Gateway.json(created).getString("id"), "")
                .body();
        assertThat(read).doesNotContain("s3cret", "whsec_").contains("\"config\":{}");
    }

    @Test
    void aPatchChangesWhatItNamesAndKeepsTheRest() {
        String uid = uid();
        create(uid, "generic", "s3cret-1");
        String path = SOURCES + "/" + uid;

        HttpResponse<String> walled =
                gateway.manage("PATCH", path, "{\"config\":{\"allowedIps\":\"192.0.2.0/24\",\"rateLimit\":\"50/s\"}}");
        assertThat(Gateway.json(walled).get("config"))
                .hasToString("{\"allowedIps\":\"192.0.2.0/24\",\"rateLimit\":\"50/s\"}");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(403);

        HttpResponse<String> open = gateway.manage("PATCH", path, "{\"config\":{\"allowedIps\":null}}");
        assertThat(Gateway.json(open).get("config")).hasToString("{\"rateLimit\":\"50/s\"}");
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(200);

        assertThat(gateway.manage("PATCH", path, "{\"type\":\"github\"}").statusCode())
                .isEqualTo(200);
        assertThat(receive("/webhooks/" + uid, "s3cret-1", "{}").statusCode()).isEqualTo(401);
        byte[] body = "{}".getBytes(UTF_8);
        assertThat(gateway.post(
                                "/webhooks/" + uid,
                                body,
                                Map.of("X-Hub-Signature-256", PlainSignature.sign("s3cret-1", body)))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> unfit = gateway.manage("PATCH", path, "{\"type\":\"standard-webhooks\"}");
        assertThat(unfit.statusCode()).as(unfit.body()).isEqualTo(422);
        assertThat(unfit.body()).contains("secret=(hidden)");
        assertThat(gateway.manage("PATCH", path, "{\"config\":{\"secret\":null}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Gateway.json(gateway.manage("GET", path, "")).getString("type"))
                .isEqualTo("github");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"name\":\"a\",\"type\":\"generic\"}",
                "{\"name\":\"ab\",\"type\":\"hmacx\",\"config\":{\"secret\":\"s\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\"}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":null}}",
                "{\"name\":\"ab\",\"type\":\"cron\",\"config\":{\"schedule\":\"* * * * *\",\"payload\":\"{}\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"   \"}}",
                "{\"name\":\"ab\",\"type\":\"stripe\",\"config\":{\"secret\":\"s\",\"tolerance\":\"soon\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":\"/etc/passwd\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schema\":{\"type\":\"integr\"}}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schemas\":{\"a\":\"/etc/passwd\"}}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"schemas\":{\"a\":{\"$ref\":\"#/b\"}}}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"config\":{\"secret\":\"s\",\"order\":\"customer\"}}",
                "{\"name\":\"ab\",\"type\":\"generic\",\"uid\":\"src_x\",\"config\":{\"secret\":\"s\"}}"
            })
    void aSourceThatCannotVerifyIsNotSaved(String body) {
        HttpResponse<String> answer = gateway.manage("POST", SOURCES, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    }

    @Test
    void sourcesAreTheOrganizationsAlone() {
        assertThat(gateway.send("GET", SOURCES).statusCode()).isEqualTo(401);
        assertThat(gateway.send("GET", SOURCES + "/default/event").statusCode()).isEqualTo(401);
    }

    @Test
    void whatASourceReceivedIsListedReadReplayedAndDiscarded() {
        String body = "{\"id\":\"" + uid() + "\",\"type\":\"order.paid\",\"n\":1.10}";
        String id = Gateway.json(gateway.receive("/webhooks", body)).getString("id");
        gateway.receive("/webhooks", body);
        String path = SOURCES + "/default/event/" + id;
        await().atMost(SOON).until(() -> event(path).getString("status").equals("PROCESSED"));

        JsonObject event = event(path);
        assertThat(new String(Base64.getDecoder().decode(event.getString("body")), UTF_8))
                .isEqualTo(body);
        assertThat(event.getInt("duplicates")).isEqualTo(1);
        assertThat(event.getJsonObject("headers")).containsKey("content-length");
        assertThat(gateway.manage("GET", SOURCES + "/default/event?event_types=order.paid&limit=250", "")
                        .body())
                .contains(id);
        assertThat(gateway.manage("GET", SOURCES + "/default/event?status=dead&limit=250", "")
                        .body())
                .doesNotContain(id);

        assertThat(gateway.manage("POST", path + "/replay", "").statusCode()).isEqualTo(202);
        await().atMost(SOON)
                .until(() -> event(path).getInt("replays") == 1
                        && event(path).getString("status").equals("PROCESSED"));
        assertThat(gateway.manage(
                                "POST",
                                SOURCES + "/default/replay",
                                "{\"since\":\"" + event.getString("receivedAt") + "\",\"status\":\"processed\"}")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(SOON).until(() -> event(path).getInt("replays") == 2);
        await().atMost(SOON).until(() -> event(path).getString("status").equals("PROCESSED"));

        // What has succeeded is run again only where that is asked for
        String task = Gateway.json(gateway.manage(
                        "POST", SOURCES + "/default/replay", "{\"since\":\"" + event.getString("receivedAt") + "\"}"))
                .getString("id");
        await().atMost(SOON)
                .until(() -> Gateway.json(gateway.manage("GET", "/api/v1/background-task/" + task, ""))
                        .getString("status")
                        .equals("finished"));
        assertThat(event(path).getInt("replays")).isEqualTo(2);

        assertThat(event(path).getJsonArray("history").getValuesAs(JsonObject.class))
                .extracting(
                        dispatch -> dispatch.getInt("replay"),
                        dispatch -> dispatch.getInt("dispatch"),
                        dispatch -> dispatch.getString("outcome"))
                .containsExactly(tuple(0, 1, "PROCESSED"), tuple(1, 1, "PROCESSED"), tuple(2, 1, "PROCESSED"));

        assertThat(gateway.manage("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(gateway.manage("GET", path, "").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("GET", SOURCES + "/none/event", "").statusCode())
                .isEqualTo(404);
    }

    private JsonObject event(String path) {
        return Gateway.json(gateway.manage("GET", path, ""));
    }

    private JsonObject create(String uid, String type, String secret) {
        HttpResponse<String> answer = gateway.manage(
                "POST",
                SOURCES,
                "{\"name\":\"shop\",\"uid\":\"" + uid + "\",\"type\":\"" + type + "\",\"config\":{\"secret\":\""
                        + secret + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Gateway.json(answer);
    }

    private HttpResponse<String> receive(String path, String secret, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return gateway.post(path, bytes, Map.of("X-Webhook-Signature", PlainSignature.sign(secret, bytes)));
    }
}
