package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every provider's scheme against genuine requests and against each way to spoil one. */
class ProviderSchemesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String TIME = Long.toString(NOW.getEpochSecond());
    private static final String URL = "https://shop.example/hooks?a=1";
    private static final String KEY = "posthorn-field";
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HEX_KEY = "00112233445566778899aabbccddeeff";
    private static final KeyPair ED = pair("Ed25519");
    private static final KeyPair EC = pair("EC");

    /**
     * How a provider signs.
     *
     * @param secret as its customer configures it
     * @param other another secret of the same form
     * @param stale how old a genuine request is too old; empty where none is
     * @param sign the headers of a body at a time
     */
    record Provider(SourceType type, String secret, String other, Optional<Duration> stale, Signer sign) {

        @FunctionalInterface
        interface Signer {
            Map<String, String> headers(String time, byte[] body);
        }

        Source source(String withSecret) {
            return SourceOf.settings(Map.of("type", type.configName(), "secret", withSecret, "url", URL));
        }

        boolean verifies(Map<String, String> headers, byte[] body, Instant now) {
            Map<String, String> all = new TreeMap<>(headers);
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
            return source(secret)
                    .verifier()
                    .verify(new WebhookRequest(RequestHeaders.ofSingleValues(all), body, URL), now);
        }

        Map<String, String> signed() {
            return sign.headers(TIME, BODY);
        }

        @Override
        public String toString() {
            return type.configName();
        }
    }

    private static final byte[] BODY = "a=caf%C3%A9&b=2".getBytes(UTF_8);
    private static final Optional<Duration> NEVER = Optional.empty();
    private static final Optional<Duration> FIVE_MINUTES = Optional.of(Duration.ofMinutes(5));

    static final Provider[] PROVIDERS = {
        hmac(SourceType.GENERIC, "X-Webhook-Signature", "sha256="),
        hmac(SourceType.GITHUB, "X-Hub-Signature-256", "sha256="),
        hmac(SourceType.BITBUCKET, "X-Hub-Signature", "sha256="),
        hmac(SourceType.META, "X-Hub-Signature-256", "sha256="),
        hmac(SourceType.LINEAR, "Linear-Signature", ""),
        provider(
                SourceType.INTERCOM,
                NEVER,
                (time, body) -> Map.of("X-Hub-Signature", "sha1=" + hex(mac("HmacSHA1", KEY, body)))),
        provider(SourceType.SHOPIFY, NEVER, (time, body) -> Map.of("X-Shopify-Hmac-Sha256", base64(sha256(KEY, body)))),
        provider(
                SourceType.TWITTER,
                NEVER,
                (time, body) -> Map.of("x-twitter-webhooks-signature", "sha256=" + base64(sha256(KEY, body)))),
        provider(
                SourceType.SQUARE,
                NEVER,
                (time, body) -> Map.of("x-square-hmacsha256-signature", base64(sha256(KEY, join(URL, body))))),
        provider(
                SourceType.STRIPE,
                FIVE_MINUTES,
                (time, body) -> Map.of(
                        "Stripe-Signature", "t=" + time + ",v0=00,v1=" + hex(sha256(KEY, join(time + ".", body))))),
        provider(
                SourceType.PADDLE,
                Optional.of(Duration.ofSeconds(5)),
                (time, body) ->
                        Map.of("Paddle-Signature", "ts=" + time + ";h1=" + hex(sha256(KEY, join(time + ":", body))))),
        provider(
                SourceType.SLACK,
                FIVE_MINUTES,
                (time, body) -> Map.of(
                        "X-Slack-Request-Timestamp",
                        time,
                        "X-Slack-Signature",
                        "v0=" + hex(sha256(KEY, join("v0:" + time + ":", body))))),
        provider(
                SourceType.ZOOM,
                FIVE_MINUTES,
                (time, body) -> Map.of(
                        "x-zm-request-timestamp",
                        time,
                        "x-zm-signature",
                        "v0=" + hex(sha256(KEY, join("v0:" + time + ":", body))))),
        provider(SourceType.GITLAB_TOKEN, NEVER, (time, body) -> Map.of("X-Gitlab-Token", KEY)),
        new Provider(
                SourceType.ADYEN_PLATFORM,
                HEX_KEY,
                HEX_KEY.replace('0', '1'),
                NEVER,
                (time, body) -> Map.of(
                        "HmacSignature", base64(mac("HmacSHA256", HexFormat.of().parseHex(HEX_KEY), body)))),
        standard(SourceType.STANDARD_WEBHOOKS, "webhook"),
        standard(SourceType.GITLAB, "webhook"),
        standard(SourceType.SVIX, "svix"),
        new Provider(
                SourceType.DISCORD,
                hex(last32(ED)),
                hex(last32(pair("Ed25519"))),
                FIVE_MINUTES,
                (time, body) -> Map.of(
                        "X-Signature-Timestamp",
                        time,
                        "X-Signature-Ed25519",
                        hex(signed("Ed25519", ED, join(time, body))))),
        new Provider(
                SourceType.SENDGRID,
                base64(EC.getPublic().getEncoded()),
                base64(pair("EC").getPublic().getEncoded()),
                NEVER,
                (time, body) -> Map.of(
                        "X-Twilio-Email-Event-Webhook-Timestamp",
                        time,
                        "X-Twilio-Email-Event-Webhook-Signature",
                        base64(signed("SHA256withECDSA", EC, join(time, body))))),
        provider(
                SourceType.TWILIO,
                NEVER,
                (time, body) ->
                        Map.of("X-Twilio-Signature", base64(mac("HmacSHA1", KEY, (URL + "acaféb2").getBytes(UTF_8)))))
    };

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void aGenuineRequestIsAccepted(Provider provider) {
        assertThat(provider.verifies(provider.signed(), BODY, NOW)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void anotherBodyIsRefused(Provider provider) {
        byte[] changed = BODY.clone();
        changed[changed.length - 1]++;

        // A token covers no body.
        assertThat(provider.verifies(provider.signed(), changed, NOW))
                .isEqualTo(provider.type() == SourceType.GITLAB_TOKEN);
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void anotherSignatureIsRefused(Provider provider) {
        provider.signed().forEach((name, value) -> {
            Map<String, String> changed = new TreeMap<>(provider.signed());
            int last = lastLetter(value);
            char other = value.charAt(last) == '0' ? '1' : '0';
            changed.put(name, value.substring(0, last) + other + value.substring(last + 1));

            assertThat(provider.verifies(changed, BODY, NOW)).as(name).isFalse();
        });
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void aMissingHeaderIsRefused(Provider provider) {
        provider.signed().keySet().forEach(name -> {
            Map<String, String> fewer = new TreeMap<>(provider.signed());
            fewer.remove(name);

            assertThat(provider.verifies(fewer, BODY, NOW)).as(name).isFalse();
        });
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void anotherSecretIsRefusedAndOneOfSeveralIsEnough(Provider provider) {
        Map<String, String> headers = new TreeMap<>(provider.signed());
        headers.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
        WebhookRequest request = new WebhookRequest(RequestHeaders.ofSingleValues(headers), BODY, URL);

        assertThat(provider.source(provider.other()).verifier().verify(request, NOW))
                .isFalse();
        assertThat(provider.source(provider.other() + "," + provider.secret())
                        .verifier()
                        .verify(request, NOW))
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void aStaleRequestIsRefusedWhereATimeIsSigned(Provider provider) {
        Instant later = NOW.plus(provider.stale().orElse(Duration.ofDays(3)));

        assertThat(provider.verifies(provider.signed(), BODY, later)).isTrue();
        assertThat(provider.verifies(provider.signed(), BODY, later.plusSeconds(1)))
                .isEqualTo(provider.stale().isEmpty());
    }

    @Test
    void aTimeOfSendGridIsCheckedWhereASourceAsksForIt() {
        String secret = base64(EC.getPublic().getEncoded());
        Source source = SourceOf.settings(Map.of("type", "sendgrid", "secret", secret, "tolerance", "PT10M"));
        WebhookRequest request = new WebhookRequest(
                RequestHeaders.ofSingleValues(Map.of(
                        "X-Twilio-Email-Event-Webhook-Timestamp",
                        TIME,
                        "X-Twilio-Email-Event-Webhook-Signature",
                        base64(signed("SHA256withECDSA", EC, join(TIME, BODY))))),
                BODY);

        assertThat(source.verifier().verify(request, NOW.plusSeconds(600))).isTrue();
        assertThat(source.verifier().verify(request, NOW.plusSeconds(601))).isFalse();
        assertThat(source.verifier().verify(request, NOW.minusSeconds(601))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SourceType.class)
    void aProviderWithoutAUsableSecretIsNotConfigured(SourceType type) {
        Map<String, String> blank = Map.of("type", type.configName(), "secret", "  ");

        assertThatThrownBy(() -> SourceOf.settings(blank)).hasMessageContaining("posthorn.sources.shop.secret");
    }

    private static int lastLetter(String value) {
        int last = value.length() - 1;
        // The last letter of base64 has spare bits, and what follows it is padding.
        while (value.charAt(last) == '=') {
            last--;
        }
        return Math.max(0, last - 2);
    }

    private static Provider hmac(SourceType type, String header, String prefix) {
        return provider(type, NEVER, (time, body) -> Map.of(header, prefix + hex(sha256(KEY, body))));
    }

    private static Provider provider(SourceType type, Optional<Duration> stale, Provider.Signer sign) {
        return new Provider(type, KEY, "another-key", stale, sign);
    }

    private static Provider standard(SourceType type, String prefix) {
        byte[] key = Base64.getDecoder().decode(WHSEC.substring("whsec_".length()));
        return new Provider(
                type,
                WHSEC,
                WHSEC.replace('M', 'N'),
                FIVE_MINUTES,
                (time, body) -> Map.of(
                        prefix + "-id",
                        "msg_100",
                        prefix + "-timestamp",
                        time,
                        prefix + "-signature",
                        "v1," + base64(mac("HmacSHA256", key, join("msg_100." + time + ".", body)))));
    }

    private static byte[] sha256(String key, byte[] content) {
        return mac("HmacSHA256", key, content);
    }

    private static byte[] mac(String algorithm, String key, byte[] content) {
        return mac(algorithm, key.getBytes(UTF_8), content);
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] signed(String algorithm, KeyPair pair, byte[] content) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] last32(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static byte[] join(String start, byte[] end) {
        byte[] first = start.getBytes(UTF_8);
        byte[] both = Arrays.copyOf(first, first.length + end.length);
        System.arraycopy(end, 0, both, first.length, end.length);
        return both;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
