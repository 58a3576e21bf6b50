package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.posthorn.signature.PlainSignature;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers with schemes and handshakes of their own, and what a source lets in. */
abstract class InboundStories extends ReceivingStories {

    static final String KEY = "posthorn-field";

    /** Of the key that the source {@code discord} has (RFC 8032, section 7.1, test 2). */
    private static final String DISCORD_SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    static Map<String, String> sources() {
        Map<String, String> settings = new HashMap<>();
        for (String type :
                List.of("github", "shopify", "slack", "zoom", "twitter", "ms-graph", "discord", "adyen-payments")) {
            settings.put("posthorn.sources." + type + ".type", type);
            settings.put("posthorn.sources." + type + ".secret", KEY);
        }
        settings.put(
                "posthorn.sources.discord.secret", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        settings.put("posthorn.sources.graph-schema.type", "ms-graph");
        settings.put("posthorn.sources.graph-schema.secret", KEY);
        settings.put("posthorn.sources.graph-schema.schema.deleted", file("{\"required\":[\"resource\"]}"));
        settings.put(
                "posthorn.sources.adyen-payments.secret",
                "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056");
        settings.put("posthorn.sources.adyen-captures.type", "adyen-payments");
        settings.put(
                "posthorn.sources.adyen-captures.secret",
                "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056");
        settings.put("posthorn.sources.adyen-captures.event-types", "CAPTURE");
        settings.put("posthorn.sources.slack-events.type", "slack");
        settings.put("posthorn.sources.slack-events.secret", KEY);
        settings.put("posthorn.sources.zoom.secret", "retired," + KEY);
        settings.put("posthorn.sources.twitter.secret", KEY + ",retired");
        settings.put("posthorn.sources.meta.type", "meta");
        settings.put("posthorn.sources.meta.secret", KEY);
        settings.put("posthorn.sources.meta.verify-token", "meta-token");
        settings.put("posthorn.sources.limited.type", "generic");
        settings.put("posthorn.sources.limited.secret", KEY);
        settings.put("posthorn.sources.limited.rate-limit", "2/1h");
        settings.put("posthorn.sources.small.type", "generic");
        settings.put("posthorn.sources.small.secret", KEY);
        settings.put("posthorn.sources.small.max-body-size", "30");
        settings.put("posthorn.sources.small.content-types", "application/json,application/x-www-form-urlencoded");
        settings.put("posthorn.sources.walled.type", "generic");
        settings.put("posthorn.sources.walled.secret", KEY);
        settings.put("posthorn.sources.walled.allowed-ips", "192.0.2.0/24,2001:db8::/32");
        settings.put("posthorn.sources.strict.type", "generic");
        settings.put("posthorn.sources.strict.secret", KEY);
        settings.put(
                "posthorn.sources.strict.schema",
                file(
                        "{\"type\":\"object\",\"required\":[\"amount\"],\"properties\":{\"amount\":{\"type\":\"integer\"}}}"));
        settings.put("posthorn.sources.strict.schema.order.paid", file("{\"required\":[\"currency\"]}"));
        settings.put("posthorn.sources.ordered.type", "generic");
        settings.put("posthorn.sources.ordered.secret", KEY);
        settings.put("posthorn.sources.ordered.order", "source");
        settings.put("posthorn.sources.picky.type", "generic");
        settings.put("posthorn.sources.picky.secret", KEY);
        settings.put("posthorn.sources.picky.event-types", "order.*,ping");
        return settings;
    }

    /** The path of a file with a schema, since a start script would interpret what stands in its options. */
    private static String file(String schema) {
        try {
            Path file = Files.createTempFile("order", ".schema.json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, schema).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Providers --------------------------------------------------------------------------------------------------

    @Test
    void aPayloadOfGitHubIsKnownByItsHeaders() {
        String delivery = uid();
        byte[] body = "{\"action\":\"opened\",\"zen\":\"caf\u00e9 \\ud83d\\ude0a\"}".getBytes(UTF_8);
        Map<String, String> headers = Map.of(
                "X-Hub-Signature-256",
                "sha256=" + hex(mac(KEY, body)),
                "X-GitHub-Event",
                "issues",
                "X-GitHub-Delivery",
                delivery,
                "Content-Type",
                "application/json");

        HttpResponse<String> first = gateway.post("/webhooks/github", body, headers);
        HttpResponse<String> again = gateway.post("/webhooks/github", body, headers);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(again).getString("status")).isEqualTo("duplicate");
        assertThat(Gateway.json(again).getString("id"))
                .isEqualTo(Gateway.json(first).getString("id"));
        assertThat(event(Gateway.json(first).getString("id")).getString("type")).isEqualTo("issues.opened");
    }

    @Test
    void aFormIsVerifiedAndKeptByteForByte() {
        byte[] body = "payload=%7B%22action%22%3A%22opened%22%2C%22zen%22%3A%22a+b%22%7D".getBytes(UTF_8);

        HttpResponse<String> answer = gateway.post(
                "/webhooks/github?debug=1",
                body,
                Map.of(
                        "X-Hub-Signature-256",
                        "sha256=" + hex(mac(KEY, body)),
                        "X-GitHub-Event",
                        "issues",
                        "Content-Type",
                        "application/x-www-form-urlencoded"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(event(Gateway.json(answer).getString("id")).getString("type"))
                .isEqualTo("issues.opened");
    }

    /** Of bug reports about other gateways: text outside ASCII, line ends, numbers that no parser keeps, and short forms. */
    @ParameterizedTest
    @CsvSource({
        "7b227469746c65223a22636166c3a920f09f988a20e280a6227d, application/json,"
                + " 7014cddd41de99158f2a90097efb85787e7c135e6e0eb4f73bd90154c9e0fa10",
        "7b227469746c65223a22636166c3a920f09f988a20e280a6227d, application/json; charset=ISO-8859-1,"
                + " 7014cddd41de99158f2a90097efb85787e7c135e6e0eb4f73bd90154c9e0fa10",
        "7b0d0a20202261223a20310d0a7d0d0a, application/json,"
                + " bfa69dbce0407fcae5cc1f141d4c84bb83dc3883156df636280c5d07809a6999",
        "7b2261223a317d0a, application/json, 2a7c85638fe299d1e092aa2b5035802035426fad45cb83011882da44a53aac67",
        "7061796c6f61643d2537422532327a656e253232253341253232612b62253232253744, application/x-www-form-urlencoded,"
                + " fa3dfc15d1d8deadedeafa726798f8dd3e40f55a594a8362d793412c4772e47f",
        "78, application/x-www-form-urlencoded, 360257b6d0d7a45680d7f6a33565675389f4cf653c5a46bd75639095ff4cabb3",
        "7b226964223a383230323532323733313434353532353534322c22616d74223a312e31302c2265223a3145322c227a223a2d307d,"
                + " application/json, 17acafb79f8339aa4d51d00ced328249be0b179eb684d2e1f714e98901962d60"
    })
    void aBodyFromTheFieldIsVerifiedAndKeptByteForByte(String bytes, String contentType, String digest) {
        byte[] body = HexFormat.of().parseHex(bytes);
        Map<String, String> headers = Map.of(
                "X-Hub-Signature-256", "sha256=" + digest, "X-GitHub-Delivery", uid(), "Content-Type", contentType);

        HttpResponse<String> cut =
                gateway.post("/webhooks/github/?debug=1", Arrays.copyOf(body, body.length - 1), headers);
        HttpResponse<String> whole = gateway.post("/webhooks/github/?debug=1", body, headers);

        assertThat(cut.statusCode()).as("without the last byte").isEqualTo(401);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(storedBody("github", Gateway.json(whole).getString("id"))).isEqualTo(body);
    }

    @Test
    void anEmptyFormIsRefused() {
        HttpResponse<String> answer = gateway.post(
                "/webhooks/github?debug=1",
                new byte[0],
                Map.of(
                        "X-Hub-Signature-256",
                        "sha256=d8f517f160e03b7c4e9cc9839d57b9499b30cc6335e11f61ac3222de578f03dd",
                        "Content-Type",
                        "application/x-www-form-urlencoded"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Invalid payload\"}");
    }

    private byte[] storedBody(String source, String id) {
        JsonObject event = Gateway.json(gateway.manage("GET", "/ingest/api/v1/source/" + source + "/event/" + id, ""));
        return Base64.getDecoder().decode(event.getString("body"));
    }

    /** The copy that comes first may be one that Slack calls a retry, since the one before it was lost. */
    @Test
    void aRetryOfSlackIsADuplicateOnlyOfWhatHasCome() {
        String event =
                "{\"type\":\"event_callback\",\"event_id\":\"Ev" + uid() + "\",\"event\":{\"type\":\"app_mention\"}}";

        HttpResponse<String> first = slackEvent(gateway, event, "1");
        HttpResponse<String> second = slackEvent(gateway, event, "2");

        assertThat(List.of(first, second)).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(Gateway.json(first).getString("status")).isEqualTo("received");
        assertThat(Gateway.json(second).getString("status")).isEqualTo("duplicate");
        assertThat(Gateway.json(second).getString("id"))
                .isEqualTo(Gateway.json(first).getString("id"));
    }

    /** Signed at this moment, as Slack does for each of its retries. */
    static HttpResponse<String> slackEvent(Gateway gateway, String event, String retry) {
        byte[] body = event.getBytes(UTF_8);
        String time = Long.toString(Instant.now().getEpochSecond());
        return gateway.post(
                "/webhooks/slack-events",
                body,
                Map.of(
                        "X-Slack-Signature",
                        "v0=" + hex(mac(KEY, join("v0:" + time + ":", body))),
                        "X-Slack-Request-Timestamp",
                        time,
                        "X-Slack-Retry-Num",
                        retry,
                        "X-Slack-Retry-Reason",
                        "http_timeout"));
    }

    @Test
    void twoWebhooksOfOneShopifyEventAreTwoEvents() {
        byte[] body = "{\"id\":1}".getBytes(UTF_8);
        String signature = "fczE64AhoyIWbGgzBM90ZFX9tNvqYE/q03iVaMXTirI=";
        String first = Gateway.json(gateway.post(
                        "/webhooks/shopify",
                        body,
                        Map.of("X-Shopify-Hmac-Sha256", signature, "X-Shopify-Webhook-Id", uid())))
                .getString("status");
        String second = Gateway.json(gateway.post(
                        "/webhooks/shopify",
                        body,
                        Map.of("X-Shopify-Hmac-Sha256", signature, "X-Shopify-Webhook-Id", uid())))
                .getString("status");

        assertThat(List.of(first, second)).containsOnly("received");
    }

    @Test
    void aWebhookOfShopifyWithoutAnIdIsKnownAgainByItsBytes() {
        byte[] body = ("{\"id\":1,\"note\":\"" + uid() + "\"}").getBytes(UTF_8);
        Map<String, String> headers =
                Map.of("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(mac(KEY, body)));

        JsonObject first = Gateway.json(gateway.post("/webhooks/shopify", body, headers));
        JsonObject second = Gateway.json(gateway.post("/webhooks/shopify", body, headers));

        assertThat(first.getString("status")).isEqualTo("received");
        assertThat(second.getString("status")).isEqualTo("duplicate");
        assertThat(second.getString("id")).isEqualTo(first.getString("id"));
    }

    @Test
    void copiesInTheSameInstantAreOneEvent() {
        String body = "{\"id\":\"" + uid() + "\",\"type\":\"order.paid\"}";

        List<HttpResponse<String>> answers = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> gateway.receive("/webhooks", body))
                .toList();

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream()
                        .map(answer -> Gateway.json(answer).getString("id"))
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer ->
                                Gateway.json(answer).getString("status").equals("received")))
                .hasSize(1);
    }

    @Test
    void aNotificationOfAdyenIsAcceptedInItsWords() {
        String body = "{\"live\":\"false\",\"notificationItems\":[{\"NotificationRequestItem\":{"
                + "\"additionalData\":{\"hmacSignature\":\"%s\"},"
                + "\"pspReference\":\"7914073381342284\",\"originalReference\":\"\","
                + "\"merchantAccountCode\":\"TestMerchant\",\"merchantReference\":\"TestPayment-1407325143704\","
                + "\"amount\":{\"value\":1130,\"currency\":\"EUR\"},\"eventCode\":\"AUTHORISATION\","
                + "\"success\":\"true\"}}]}";

        HttpResponse<String> genuine = gateway.post(
                "/webhooks/adyen-payments",
                body.formatted("coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=").getBytes(UTF_8),
                Map.of());
        HttpResponse<String> filtered = gateway.post(
                "/webhooks/adyen-captures",
                body.formatted("coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=").getBytes(UTF_8),
                Map.of());
        HttpResponse<String> forged = gateway.post(
                "/webhooks/adyen-payments",
                body.formatted("doqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=").getBytes(UTF_8),
                Map.of());

        assertThat(genuine.statusCode()).isEqualTo(200);
        assertThat(genuine.body()).isEqualTo("[accepted]");
        assertThat(filtered.body()).as("of a type that is not taken").isEqualTo("[accepted]");
        assertThat(forged.statusCode()).isEqualTo(401);
    }

    @Test
    void notificationsThatComeTogetherAreEventsOfTheirOwn() {
        String body = "{\"value\":[{\"clientState\":\"" + KEY + "\",\"changeType\":\"created\",\"n\":\"" + uid()
                + "\"},{\"clientState\":\"" + KEY + "\",\"changeType\":\"updated\"}]}";

        HttpResponse<String> answer = gateway.post("/webhooks/ms-graph", body.getBytes(UTF_8), Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> ids = Gateway.json(answer).getJsonArray("ids").getValuesAs(JsonString::getString);
        assertThat(ids).hasSize(2);
        assertThat(event(ids.get(0)).getString("type")).isEqualTo("created");
        assertThat(event(ids.get(1)).getString("type")).isEqualTo("updated");
    }

    /** Microsoft Graph tells two changes of a message in Teams from each other by nothing. */
    @Test
    void aSecondChangeThatLooksLikeTheFirstIsNoDuplicateOfIt() {
        String change = "{\"value\":[{\"clientState\":\"" + KEY + "\",\"changeType\":\"updated\",\"resource\":\"chats('"
                + uid() + "')/messages('1')\"%s}]}";
        byte[] alike = change.formatted("").getBytes(UTF_8);
        byte[] versioned =
                change.formatted(",\"resourceData\":{\"@odata.etag\":\"W/1\"}").getBytes(UTF_8);

        assertThat(statusOfSecond(alike)).isEqualTo("received");
        assertThat(statusOfSecond(versioned)).isEqualTo("duplicate");
    }

    private String statusOfSecond(byte[] notification) {
        gateway.post("/webhooks/ms-graph", notification, Map.of());
        return Gateway.json(gateway.post("/webhooks/ms-graph", notification, Map.of()))
                .getString("status");
    }

    @Test
    void ofNotificationsThatComeTogetherNoneIsStoredIfOneIsRefused() {
        String good = "{\"clientState\":\"" + KEY + "\",\"changeType\":\"created\",\"n\":\"" + uid() + "\"}";
        String bad = "{\"clientState\":\"" + KEY + "\",\"changeType\":\"deleted\"}";

        HttpResponse<String> answer = gateway.post(
                "/webhooks/graph-schema", ("{\"value\":[" + good + "," + bad + "]}").getBytes(UTF_8), Map.of());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(gateway.events("?source=graph-schema")).isEmpty();
        assertThat(gateway.post("/webhooks/graph-schema", ("{\"value\":[" + good + "]}").getBytes(UTF_8), Map.of())
                        .body())
                .contains("\"received\"");
    }

    @Test
    void aBodyThatIsNoTextIsKeptByteForByte() {
        byte[] body = new byte[256];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }

        HttpResponse<String> answer = github(body, Map.of("Content-Type", "application/octet-stream"));

        assertThat(storedBody("github", Gateway.json(answer).getString("id"))).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"application/octet-stream, 200", "application/json, 400"})
    void aCompressedBodyIsTakenAsItCameAndNoJson(String contentType, int status) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"action\":\"opened\"}".getBytes(UTF_8));
        }
        byte[] body = bytes.toByteArray();

        HttpResponse<String> answer = github(body, Map.of("Content-Type", contentType, "Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(storedBody("github", Gateway.json(answer).getString("id")))
                    .isEqualTo(body);
        }
    }

    /** Posts a body that GitHub has signed, as a delivery that is new. */
    private HttpResponse<String> github(byte[] body, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("X-Hub-Signature-256", "sha256=" + hex(mac(KEY, body)));
        headers.put("X-GitHub-Delivery", uid());
        return gateway.post("/webhooks/github", body, headers);
    }

    // Handshakes -------------------------------------------------------------------------------------------------

    @Test
    void aChallengeOfSlackIsSaidBackWhereItIsSigned() {
        byte[] body = "{\"type\":\"url_verification\",\"token\":\"x\",\"challenge\":\"c-123\"}".getBytes(UTF_8);
        String time = Long.toString(Instant.now().getEpochSecond());
        String signature = "v0=" + hex(mac(KEY, join("v0:" + time + ":", body)));

        HttpResponse<String> signed = gateway.post(
                "/webhooks/slack", body, Map.of("X-Slack-Signature", signature, "X-Slack-Request-Timestamp", time));
        HttpResponse<String> unsigned = gateway.post("/webhooks/slack", body, Map.of());
        HttpResponse<String> missigned = gateway.post(
                "/webhooks/slack",
                body,
                Map.of(
                        "X-Slack-Signature",
                        "v0=" + hex(mac("a stranger's", join("v0:" + time + ":", body))),
                        "X-Slack-Request-Timestamp",
                        time));

        assertThat(signed.statusCode()).isEqualTo(200);
        assertThat(signed.body()).isEqualTo("c-123");
        assertThat(unsigned.statusCode()).isEqualTo(401);
        assertThat(unsigned.body()).doesNotContain("c-123");
        assertThat(missigned.statusCode()).isEqualTo(401);
        assertThat(missigned.body()).doesNotContain("c-123");
        assertThat(gateway.events("?source=slack")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "meta-token, subscribe, 200",
        "wrong, subscribe, 403",
        "meta-token, unsubscribe, 403",
        "'', subscribe, 403"
    })
    void aSubscriptionOfMetaIsConfirmedWithTheRightToken(String token, String mode, int status) {
        HttpResponse<String> answer = gateway.send(
                "GET", "/webhooks/meta?hub.mode=" + mode + "&hub.challenge=1158201444&hub.verify_token=" + token);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body().equals("1158201444")).isEqualTo(status == 200);
    }

    @Test
    void aCheckOfTwitterIsAnsweredWithASignature() {
        HttpResponse<String> answer = gateway.send("GET", "/webhooks/twitter?crc_token=abc-d%2B1%3D");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(answer).getString("response_token"))
                .isEqualTo("sha256=" + Base64.getEncoder().encodeToString(mac(KEY, "abc-d+1=".getBytes(UTF_8))));
    }

    @Test
    void aCheckOfTwitterSignsNoWebhook() {
        HttpResponse<String> answer =
                gateway.send("GET", "/webhooks/twitter?crc_token=%7B%22tweet_create_events%22%3A%5B%5D%7D");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Invalid handshake\"}");
    }

    @ParameterizedTest
    @CsvSource({"12345, application/json", "true, application/json", "12345, text/plain", "abc, text/plain"})
    void whatACheckOfTwitterDoesSignIsNoWebhook(String token, String contentType) {
        String signature = Gateway.json(gateway.send("GET", "/webhooks/twitter?crc_token=" + token))
                .getString("response_token");

        HttpResponse<String> answer = gateway.post(
                "/webhooks/twitter",
                token.getBytes(UTF_8),
                Map.of("x-twitter-webhooks-signature", signature, "Content-Type", contentType));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(gateway.events("?source=twitter")).isEmpty();
    }

    @Test
    void aValidationOfZoomIsAnsweredWithTheSecretThatSignedIt() {
        HttpResponse<String> answer = validateZoom("p1", KEY);

        assertThat(Gateway.json(answer).getString("plainToken")).isEqualTo("p1");
        assertThat(Gateway.json(answer).getString("encryptedToken")).isEqualTo(hex(mac(KEY, "p1".getBytes(UTF_8))));
    }

    @Test
    void aValidationOfZoomSignsNoWebhookAndNothingForStrangers() {
        assertThat(validateZoom("v0:1:{}", KEY).statusCode()).isEqualTo(400);
        assertThat(validateZoom("p1", "a stranger's").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> validateZoom(String token, String key) {
        byte[] body = ("{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"" + token + "\"}}")
                .getBytes(UTF_8);
        String time = Long.toString(Instant.now().getEpochSecond());
        return gateway.post(
                "/webhooks/zoom",
                body,
                Map.of(
                        "x-zm-signature",
                        "v0=" + hex(mac(key, join("v0:" + time + ":", body))),
                        "x-zm-request-timestamp",
                        time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"type\":1} | 200 | {\"type\":1}", "{\"type\":0} | 204 | ''"})
    void aPingOfDiscordIsAnsweredInKindWhereItIsSigned(String ping, int status, String expected) {
        byte[] body = ping.getBytes(UTF_8);
        String time = Long.toString(Instant.now().getEpochSecond());
        String signature = hex(ed25519(DISCORD_SEED, join(time, body)));

        HttpResponse<String> signed = gateway.post(
                "/webhooks/discord", body, Map.of("X-Signature-Ed25519", signature, "X-Signature-Timestamp", time));
        HttpResponse<String> missigned = gateway.post(
                "/webhooks/discord",
                body,
                Map.of("X-Signature-Ed25519", signature, "X-Signature-Timestamp", time.replaceFirst("^1", "2")));

        assertThat(signed.statusCode()).isEqualTo(status);
        assertThat(signed.body()).isEqualTo(expected);
        assertThat(missigned.statusCode()).isEqualTo(401);
        assertThat(gateway.post("/webhooks/discord", body, Map.of()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aValidationOfMicrosoftGraphIsSaidBack() {
        HttpResponse<String> answer =
                gateway.post("/webhooks/ms-graph?validationToken=Validation%3A+a%26b", new byte[0], Map.of());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
        assertThat(answer.body()).isEqualTo("Validation: a&b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/github", "/webhooks/meta", "/webhooks/twitter?a=b", "/webhooks"})
    void aGetThatIsNoHandshakeIsNotAllowed(String path) {
        HttpResponse<String> answer = gateway.send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow").orElse("")).contains("POST");
    }

    // Rules ------------------------------------------------------------------------------------------------------

    @Test
    void aSourceTakesSoManyFromOneAddress() {
        HttpResponse<String> first = receive("limited", "{\"id\":\"" + uid() + "\"}");
        HttpResponse<String> second = receive("limited", "{\"id\":\"" + uid() + "\"}");
        HttpResponse<String> refused = receive("limited", "{}");

        assertThat(List.of(first, second)).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(List.of(first, second, refused))
                .extracting(
                        answer -> header(answer, "RateLimit-Limit"), answer -> header(answer, "RateLimit-Remaining"))
                .containsExactly(tuple("2", "1"), tuple("2", "0"), tuple("2", "0"));
        assertThat(Integer.parseInt(header(first, "RateLimit-Reset"))).isBetween(1_700, 1_800);
        assertThat(Integer.parseInt(header(second, "RateLimit-Reset"))).isBetween(3_500, 3_600);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Rate limited\"}");
        assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElse("")))
                .isBetween(1, 1_800);
        assertThat(header(refused, "RateLimit-Reset")).isEqualTo(header(refused, "Retry-After"));
        HttpResponse<String> unlimited = receive("default", "{}");
        assertThat(unlimited.statusCode()).isNotEqualTo(429);
        assertThat(header(unlimited, "RateLimit-Limit")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 12, 200",
        "Application/JSON;charset=utf-8, 30, 200",
        "application/x-www-form-urlencoded, 12, 200",
        "application/json, 31, 413",
        "text/plain, 12, 415",
        "application/jsonp, 12, 415",
        "'', 12, 415"
    })
    void aSourceTakesBodiesOfItsSizeAndContentTypes(String contentType, int length, int status) {
        byte[] body = ("{\"a\":\"" + "x".repeat(length - 8) + "\"}").getBytes(UTF_8);
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Webhook-Signature", "sha256=" + hex(mac(KEY, body)));
        headers.put("X-Webhook-Event-Id", uid());
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }

        HttpResponse<String> answer = gateway.post("/webhooks/small", body, headers);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status != 200) {
            assertThat(answer.body())
                    .isEqualTo(
                            status == 413
                                    ? "{\"error\":\"Payload too large\"}"
                                    : "{\"error\":\"Content type not allowed\"}");
        }
    }

    @Test
    void aSourceTakesNothingFromElsewhere() {
        HttpResponse<String> refused = receive("walled", "{}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Address not allowed\"}");
        assertThat(gateway.post(
                                "/webhooks/walled",
                                "{}".getBytes(UTF_8),
                                Map.of(
                                        "X-Forwarded-For",
                                        "192.0.2.1",
                                        "X-Webhook-Signature",
                                        "sha256=" + hex(mac(KEY, "{}".getBytes(UTF_8)))))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":1}      | 200",
                "{\"amount\":\"1\"}  | 422",
                "{\"amount\":2,\"type\":\"order.paid\",\"currency\":\"EUR\"} | 200",
                "{\"amount\":3,\"type\":\"order.paid\"}   | 422",
                "{\"amount\":4,\"type\":\"order.sent\"}   | 200",
                "{}                    | 422",
                "[]                    | 422"
            })
    void aSourceWithASchemaTakesWhatMeetsIt(String body, int status) {
        HttpResponse<String> answer = receive("strict", body);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 422) {
            assertThat(answer.body()).isEqualTo("{\"error\":\"Payload does not match the schema\"}");
        }
    }

    @Test
    void aSourceForgetsTypesThatItDoesNotWant() {
        assertThat(Gateway.json(receive("picky", "{\"id\":\"" + uid() + "\",\"type\":\"order.paid\"}"))
                        .getString("status"))
                .isEqualTo("received");
        assertThat(receive("picky", "{\"type\":\"user.created\"}").body()).isEqualTo("{\"status\":\"ignored\"}");
    }

    @Test
    void whyWebhooksDidNotArriveIsCountedAndLogged() {
        byte[] body = "{\"type\":\"user.created\"}".getBytes(UTF_8);
        Map<String, String> forged = Map.of("X-Webhook-Signature", PlainSignature.sign("nobody's", body));
        String unknown = "/webhooks/" + uid();

        assertThat(gateway.post("/webhooks/picky", body, forged).statusCode()).isEqualTo(401);
        assertThat(gateway.post(unknown, body, forged).statusCode()).isEqualTo(404);
        assertThat(receive("picky", new String(body, UTF_8)).statusCode()).isEqualTo(200);
        assertThat(gateway.post(unknown, new byte[MAX_BODY + 1], forged).statusCode())
                .isEqualTo(413);
        assertThat(gateway.send(
                                "GET",
                                "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=mistyped")
                        .statusCode())
                .isEqualTo(403);

        assertThat(gateway.send("GET", "/metrics").body())
                .contains(
                        "posthorn_events_refused_total{outcome=\"invalid_signature\"}",
                        "posthorn_events_refused_total{outcome=\"unknown_source\"}",
                        "posthorn_events_refused_total{outcome=\"payload_too_large\"}",
                        "posthorn_events_refused_total{outcome=\"wrong_verify_token\"}",
                        "posthorn_events_received_total{outcome=\"ignored\"}");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.log())
                        .anyMatch(line ->
                                line.contains("A webhook for the source picky was refused with 401: Invalid signature"))
                        .anyMatch(line ->
                                line.contains("A webhook for an unknown source was refused with 404: Unknown source"))
                        .anyMatch(line ->
                                line.contains("A webhook for the source meta was refused with 403: Wrong verify token"))
                        .anyMatch(
                                line -> line.contains(
                                        "A webhook for a source that was not looked for was refused with 413: Payload too large"))
                        // Of a stored source, what stands there is a secret; and who forges may not be told what is
                        // right.
                        .noneMatch(line -> line.contains(unknown) || line.contains(hex(mac(KEY, body)))));
    }

    /** The server's own, kept as the documentation says. */
    @Test
    void theAccessLogTellsNoSecretOfAUrl() {
        String name = "source" + uid();
        String ingestUrl = Gateway.json(gateway.manage(
                        "POST", "/ingest/api/v1/source", "{\"name\":\"" + name + "\",\"type\":\"generic-webhook\"}"))
                .getString("ingestUrl");
        String token = ingestUrl.substring(ingestUrl.lastIndexOf('/') + 1);
        String last = "LAST" + name.replaceAll("[^0-9]", "");

        assertThat(gateway.post("/webhooks/" + token + "?debug=1", "{}".getBytes(UTF_8), Map.of())
                        .statusCode())
                .isEqualTo(200);
        gateway.send("GET", "/webhooks/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meta-token");
        assertThat(gateway.send(last, "/webhooks/" + token).statusCode()).isEqualTo(405);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(server.accessLog())
                        .anyMatch(line -> line.matches(".*\\b" + last + "\\b.* 405 .*"))
                        .anyMatch(line -> line.matches(".*\\bPOST\\b.* 200 .*"))
                        .noneMatch(
                                line -> line.contains(token) || line.contains("meta-token") || line.contains("debug")));
    }

    @Test
    void noneOfManyEventsThatKeepAnOrderIsLeftBehind() {
        List<String> ids = IntStream.range(0, 100)
                .parallel()
                .mapToObj(i -> Gateway.json(receive("ordered", "{\"id\":\"" + uid() + "\",\"type\":\"step\"}"))
                        .getString("id"))
                .toList();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.events("?source=ordered&status=processed&limit=250")
                                .getValuesAs(JsonObject.class))
                        .extracting(event -> event.getString("id"))
                        .containsAll(ids));
    }

    // ------------------------------------------------------------------------------------------------------------

    private HttpResponse<String> receive(String source, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return gateway.post(
                "/webhooks/" + source, bytes, Map.of("X-Webhook-Signature", "sha256=" + hex(mac(KEY, bytes))));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private JsonObject event(String id) {
        await().atMost(SOON).until(() -> !gateway.eventStatus(id).equals("(not listed)"));
        return gateway.events("").getValuesAs(JsonObject.class).stream()
                .filter(event -> event.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] mac(String key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] ed25519(String seed, byte[] content) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(
                            NamedParameterSpec.ED25519, HexFormat.of().parseHex(seed))));
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] join(String start, byte[] end) {
        return (start + new String(end, UTF_8)).getBytes(UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
