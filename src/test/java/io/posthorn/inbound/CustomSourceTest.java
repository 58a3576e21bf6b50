package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemes that a user declares: what is signed, where the signature stands, and where an event's fields are. */
class CustomSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String TIME = Long.toString(NOW.getEpochSecond());
    private static final String BODY = "{\"id\":\"of-the-body\",\"type\":\"of.the.body\"}";

    @Test
    void theSignatureStandsBehindItsPrefix() {
        Source source = custom(Map.of("prefix", "v1:"));

        assertThat(verifies(source, Map.of("X-Sig", "v1:" + hex("key", BODY)))).isTrue();
        assertThat(verifies(source, Map.of("X-Sig", hex("key", BODY)))).isFalse();
        assertThat(verifies(source, Map.of("X-Sig", "v2:" + hex("key", BODY)))).isFalse();
    }

    @Test
    void whatIsSignedIsToldByATemplate() {
        Source source = custom(Map.of(
                "content", "{id}|{timestamp}|{url}|{body}!",
                "id-header", "X-Id",
                "timestamp-header", "X-Time",
                "url", "https://shop.example/hook"));
        Map<String, String> headers = Map.of(
                "X-Id",
                "e-1",
                "X-Time",
                TIME,
                "X-Sig",
                hex("key", "e-1|" + TIME + "|https://shop.example/hook|" + BODY + "!"));

        assertThat(verifies(source, headers)).isTrue();
        headers.keySet().forEach(name -> {
            Map<String, String> fewer = new TreeMap<>(headers);
            fewer.remove(name);
            assertThat(verifies(source, fewer)).as("without " + name).isFalse();
        });
        Map<String, String> otherId = new TreeMap<>(headers);
        otherId.put("X-Id", "e-2");
        assertThat(verifies(source, otherId)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "hex, 00ff10",
        "base64, AP8Q",
    })
    void aKeyIsDecodedAsItsFormatSays(String format, String secret) {
        Source source = custom(Map.of("key-format", format, "secret", secret));
        byte[] key = {0, (byte) 0xff, 0x10};

        assertThat(verifies(source, Map.of("X-Sig", HexFormat.of().formatHex(mac(key, BODY)))))
                .isTrue();
        assertThat(verifies(source, Map.of("X-Sig", hex(secret, BODY)))).isFalse();
    }

    @Test
    void aKeyOfStandardWebhooksIsDecodedToo() {
        byte[] key = "0123456789abcdef".getBytes(UTF_8);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(key);

        assertThat(verifies(
                        custom(Map.of("key-format", "whsec", "secret", secret)),
                        Map.of("X-Sig", HexFormat.of().formatHex(mac(key, BODY)))))
                .isTrue();
    }

    @Test
    void idAndTypeAreReadFromTheHeadersThatAreNamed() {
        Source source = custom(Map.of("id-header", "X-Id", "type-header", "X-Kind"));

        Arrival arrival = parsed(source, Map.of("X-Id", "e-1", "X-Kind", "order.paid"));

        assertThat(arrival.externalId()).contains("e-1");
        assertThat(arrival.eventType()).isEqualTo("order.paid");
    }

    @Test
    void idAndTypeAreReadFromTheBodyWhereNoHeaderIsNamed() {
        Arrival arrival = parsed(custom(Map.of()), Map.of("X-Id", "e-1", "X-Kind", "order.paid"));

        assertThat(arrival.externalId()).contains("of-the-body");
        assertThat(arrival.eventType()).isEqualTo("of.the.body");
    }

    @ParameterizedTest
    @CsvSource({"/type, of.the.body", "/id, of-the-body"})
    void theTypeIsReadFromTheBodyWhereARequestLacksTheHeader(String pointer, String type) {
        Source source = custom(Map.of("type-header", "X-Kind", "type-pointer", pointer));

        assertThat(parsed(source, Map.of()).eventType()).isEqualTo(type);
        assertThat(parsed(source, Map.of("X-Kind", "order.paid")).eventType()).isEqualTo("order.paid");
        assertThat(parsed(custom(Map.of("type-header", "X-Kind")), Map.of()).eventType())
                .isEqualTo("of.the.body");
    }

    // Times --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "both, -300, true",
        "both, -301, false",
        "both, 300, true",
        "both, 301, false",
        "past, -300, true",
        "past, -301, false",
        "past, 86400, true",
        "none, -86400, true",
        "none, 86400, true"
    })
    void aTimeIsHeldToItsWindow(String window, long seconds, boolean accepted) {
        Source source = custom(Map.of("content", "{timestamp}.{body}", "timestamp-header", "X-Time", "window", window));
        String time = Long.toString(NOW.getEpochSecond() + seconds);

        assertThat(verifies(source, Map.of("X-Time", time, "X-Sig", hex("key", time + "." + BODY))))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"s, 1, true", "s, 1000, false", "ms, 1000, true", "ms, 1, false"})
    void aTimeIsCountedInItsUnit(String unit, long factor, boolean accepted) {
        Source source =
                custom(Map.of("content", "{timestamp}.{body}", "timestamp-header", "X-Time", "timestamp-unit", unit));
        String time = Long.toString(NOW.getEpochSecond() * factor);

        assertThat(verifies(source, Map.of("X-Time", time, "X-Sig", hex("key", time + "." + BODY))))
                .isEqualTo(accepted);
    }

    // Pairs --------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"',', ',', true", "';', ';', true", "',', ';', false", "';', ',', false"})
    void signatureAndTimeMayStandInPairs(String declared, String sent, boolean accepted) {
        Source source = custom(Map.of(
                "content", "{timestamp}.{body}",
                "signature-pair", "v1",
                "timestamp-pair", "t",
                "pair-separator", declared));
        String header =
                String.join(sent, "t=" + TIME, "v0=00", "v1=" + hex("old", "x"), "v1=" + hex("key", TIME + "." + BODY));

        assertThat(verifies(source, Map.of("X-Sig", header))).isEqualTo(accepted);
    }

    @Test
    void aTimeInAPairIsHeldToTheWindow() {
        Source source = custom(Map.of("content", "{timestamp}.{body}", "signature-pair", "v1", "timestamp-pair", "t"));
        String stale = Long.toString(NOW.getEpochSecond() - 301);

        assertThat(verifies(source, Map.of("X-Sig", "t=" + stale + ",v1=" + hex("key", stale + "." + BODY))))
                .isFalse();
        assertThat(verifies(source, Map.of("X-Sig", "v1=" + hex("key", "." + BODY))))
                .isFalse();
    }

    @Test
    void pairsMayGoWithoutATime() {
        Source source = custom(Map.of("signature-pair", "sig"));

        assertThat(verifies(source, Map.of("X-Sig", "kid=1,sig=" + hex("key", BODY))))
                .isTrue();
        assertThat(verifies(source, Map.of("X-Sig", "kid=1,other=" + hex("key", BODY))))
                .isFalse();
    }

    // Lists, other names, times in the body ------------------------------------------------------------------------

    @Test
    void signaturesMayBeListedBehindTheirVersions() {
        Source source = custom(Map.of("signature-list", "v1"));
        String good = hex("key", BODY);

        assertThat(verifies(source, Map.of("X-Sig", "v1," + good))).isTrue();
        assertThat(verifies(source, Map.of("X-Sig", "v2,00 v1,00 v1," + good))).isTrue();
        assertThat(verifies(source, Map.of("X-Sig", "v2," + good))).isFalse();
        assertThat(verifies(source, Map.of("X-Sig", good))).isFalse();
    }

    @Test
    void anEntryOfAListIsNoTime() {
        Source source = custom(Map.of("signature-list", "v1", "timestamp-header", "X-Time"));
        String stale = Long.toString(NOW.getEpochSecond() - 301);

        assertThat(verifies(source, Map.of("X-Time", stale, "X-Sig", "v1," + hex("key", BODY) + " ," + TIME)))
                .isFalse();
    }

    @Test
    void headersMayHaveOneOfSeveralNames() {
        Source source = custom(Map.of(
                "header", "X-Sig, Acme-Sig",
                "content", "{id}.{timestamp}.{body}",
                "id-header", "X-Id,Acme-Id",
                "type-header", "X-Kind,Acme-Kind",
                "timestamp-header", "X-Time,Acme-Time"));
        String signature = hex("key", "e-1." + TIME + "." + BODY);

        for (String prefix : new String[] {"X-", "Acme-"}) {
            Map<String, String> headers = Map.of(
                    prefix + "Id", "e-1", prefix + "Time", TIME, prefix + "Kind", "paid", prefix + "Sig", signature);

            assertThat(verifies(source, headers)).as(prefix).isTrue();
            assertThat(parsed(source, headers).externalId()).contains("e-1");
            assertThat(parsed(source, headers).eventType()).isEqualTo("paid");
        }
    }

    @ParameterizedTest
    @CsvSource({"s, 1, -300, true", "s, 1, -301, false", "ms, 1000, 300, true", "ms, 1000, 301, false"})
    void aTimeMayStandInTheBody(String unit, long factor, long seconds, boolean accepted) {
        Source source = custom(Map.of("timestamp-pointer", "/sent_at", "timestamp-unit", unit));
        long time = (NOW.getEpochSecond() + seconds) * factor;

        assertThat(takes(source, "{\"sent_at\":" + time + "}")).isEqualTo(accepted);
        assertThat(takes(source, "{\"sent_at\":\"" + time + "\"}"))
                .as("written as a text")
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2017-07-14T02:40:00Z\"", "\"\"", "\"-1\"", "true", "null", "{}", "1e99"})
    void aTimeInTheBodyThatCannotBeReadIsNotTimely(String time) {
        Source source = custom(Map.of("timestamp-pointer", "/sent_at"));

        assertThat(takes(source, "{\"sent_at\":" + time + "}")).isFalse();
        assertThat(takes(source, "{\"sent\":" + time + "}")).as("no time").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"custom", "stripe", "generic"})
    void aSourceSaysWhereTheTimeOfAnEventIs(String type) {
        Source source = SourceOf.settings(
                Map.of("type", type, "secret", "key", "header", "X-Sig", "occurred-at-pointer", "/made/at"));
        String body = "{\"made\":{\"at\":\"2026-01-02T03:04:05Z\"},\"timestamp\":1614265330,\"created\":1614265330}";

        assertThat(Arrivals.parse(
                                source,
                                new WebhookRequest(RequestHeaders.ofSingleValues(Map.of()), body.getBytes(UTF_8)))
                        .get(0)
                        .occurredAt())
                .contains(OffsetDateTime.parse("2026-01-02T03:04:05Z"));
    }

    private static boolean takes(Source source, String body) {
        return source.verifier()
                .verify(
                        new WebhookRequest(
                                RequestHeaders.ofSingleValues(Map.of("X-Sig", hex("key", body))), body.getBytes(UTF_8)),
                        NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signature-list    | v1   | signature-pair   | nothing beside signature-pair",
                "prefix            | v1=  | signature-list   | nothing beside signature-list",
                "timestamp-header  | X-T  | timestamp-pointer | nothing beside timestamp-pointer",
                "timestamp-pointer | when |                  | a JSON pointer, such as /sent_at",
                "content | {timestamp}.{body} | timestamp-pointer | a timestamp-header or timestamp-pair beside {timestamp}",
                "content | {timestamp}.{body} | signature-pair | a timestamp-header or timestamp-pair beside {timestamp}",
                "content | {id}.{body} | | an id-header beside {id}",
                "header            | ','  |                  | the name of the header that has the signature"
            })
    void whatCannotStandTogetherIsNamed(String key, String value, String beside, String allowed) {
        Map<String, String> settings = new TreeMap<>(Map.of(key, value));
        if (beside != null) {
            settings.put(beside, "/v1");
        }

        assertThatThrownBy(() -> custom(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("Invalid setting posthorn.sources.shop." + key)
                .hasMessageEndingWith(": expected " + allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp-pair | t     |                | a signature-pair beside it",
                "prefix         | v1=   | signature-pair | nothing beside signature-pair",
                "pair-separator | .     | signature-pair | one of , ;",
                "window         | ahead |                | one of none, past, both",
                "timestamp-unit | us    |                | one of s, ms"
            })
    void whatMakesNoSchemeIsNamed(String key, String value, String beside, String allowed) {
        Map<String, String> settings = new TreeMap<>(Map.of(key, value));
        if (beside != null) {
            settings.put(beside, "v1");
        }

        assertThatThrownBy(() -> custom(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Invalid setting posthorn.sources.shop." + key + "=" + value + ": expected " + allowed);
    }

    // --------------------------------------------------------------------------------------------------------------

    private static Source custom(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of("type", "custom", "secret", "key", "header", "X-Sig"));
        all.putAll(settings);
        return SourceOf.settings(all);
    }

    private static boolean verifies(Source source, Map<String, String> headers) {
        return source.verifier()
                .verify(
                        new WebhookRequest(
                                RequestHeaders.ofSingleValues(headers),
                                BODY.getBytes(UTF_8),
                                source.url().orElse("")),
                        NOW);
    }

    private static Arrival parsed(Source source, Map<String, String> headers) {
        return Arrivals.parse(source, new WebhookRequest(RequestHeaders.ofSingleValues(headers), BODY.getBytes(UTF_8)))
                .get(0);
    }

    private static String hex(String key, String content) {
        return HexFormat.of().formatHex(mac(key.getBytes(UTF_8), content));
    }

    private static byte[] mac(byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
