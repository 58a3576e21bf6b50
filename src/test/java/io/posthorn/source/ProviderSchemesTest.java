package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.signature.PayPalSignature;
import io.posthorn.signature.ReplayWindow;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.SignatureVerifier;
import io.posthorn.signature.WebhookRequest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every provider's scheme against genuine requests and against each way to spoil one. */
class ProviderSchemesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String TIME = Long.toString(NOW.getEpochSecond());
    private static final String URL = "https://shop.example/hooks?a=1";
    private static final String KEY = "posthorn-field";
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HEX_KEY = "00112233445566778899aabbccddeeff";
    private static final KeyPair ED = pair("Ed25519");
    private static final String OTHER_HEX_KEY = HEX_KEY.replace('0', '1');
    private static final KeyPair EC = pair("EC");
    private static final KeyPair RSA = pair("RSA");
    private static final String CERTIFICATE = "https://api.paypal.com/v1/notifications/certs/CERT-1";

    /**
     * A genuine request.
     *
     * @param marks what of body or URL stands for headers, by its name
     */
    record Signed(Map<String, String> headers, String body, String url, Map<String, String> marks) {

        Signed(Map<String, String> headers, String body) {
            this(headers, body, URL, Map.of());
        }

        Signed with(Map<String, String> otherHeaders) {
            return new Signed(otherHeaders, body, url, marks);
        }

        Signed replaced(String text, String by) {
            return new Signed(headers, body.replace(text, by), url.replace(text, by), marks);
        }

        WebhookRequest request() {
            Map<String, String> all = new TreeMap<>(headers);
            all.putIfAbsent("Content-Type", "application/x-www-form-urlencoded");
            return new WebhookRequest(RequestHeaders.ofSingleValues(all), body.getBytes(UTF_8), url);
        }
    }

    /**
     * How a provider signs.
     *
     * @param name of the type, and of the version where it has several
     * @param secret as its customer configures it
     * @param other another secret of the same form
     * @param stale how old a genuine request is too old; empty where none is
     * @param sign signs at a time in seconds
     * @param verifiers of a comma list of secrets
     */
    record Provider(
            SourceType type,
            String name,
            String secret,
            String other,
            Optional<Duration> stale,
            Function<String, Signed> sign,
            Function<String, SignatureVerifier> verifiers) {

        Provider(
                SourceType type,
                String name,
                String secret,
                String other,
                Optional<Duration> stale,
                Function<String, Signed> sign) {
            this(type, name, secret, other, stale, sign, list -> configured(type, list));
        }

        private static SignatureVerifier configured(SourceType type, String list) {
            return SourceOf.settings(Map.of("type", type.configName(), "secret", list, "url", URL))
                    .verifier();
        }

        boolean verifies(Signed request, Instant now) {
            return verifiers.apply(secret).verify(request.request(), now);
        }

        Signed signed() {
            return sign.apply(TIME);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String BODY = "a=caf%C3%A9&b=1130";
    private static final String FORM_SIGNED_BY_TWILIO = "acaféb1130";
    private static final Optional<Duration> NEVER = Optional.empty();
    private static final Optional<Duration> FIVE_MINUTES = Optional.of(Duration.ofMinutes(5));

    /** Whoever knows one request of theirs can send another. */
    private static final Set<SourceType> COVERING_NO_BODY = EnumSet.of(
            SourceType.GITLAB_TOKEN, SourceType.OPENCLAW, SourceType.VAPI, SourceType.MS_GRAPH, SourceType.MAILGUN);

    static final Provider[] PROVIDERS = {
        ofBody(SourceType.GENERIC, "X-Webhook-Signature", body -> "sha256=" + hex(sha256(KEY, body))),
        ofBody(SourceType.GITHUB, "X-Hub-Signature-256", body -> "sha256=" + hex(sha256(KEY, body))),
        ofBody(SourceType.BITBUCKET, "X-Hub-Signature", body -> "sha256=" + hex(sha256(KEY, body))),
        ofBody(SourceType.META, "X-Hub-Signature-256", body -> "sha256=" + hex(sha256(KEY, body))),
        ofBody(SourceType.INTERCOM, "X-Hub-Signature", body -> "sha1=" + hex(mac("HmacSHA1", KEY, body))),
        ofBody(SourceType.SHOPIFY, "X-Shopify-Hmac-Sha256", body -> base64(sha256(KEY, body))),
        ofBody(SourceType.TWITTER, "x-twitter-webhooks-signature", body -> "sha256=" + base64(sha256(KEY, body))),
        ofBody(SourceType.SQUARE, "x-square-hmacsha256-signature", body -> base64(sha256(KEY, URL + body))),
        ofBody(SourceType.GITLAB_TOKEN, "X-Gitlab-Token", body -> KEY),
        ofBody(SourceType.DOCUSIGN, "X-DocuSign-Signature-1", body -> base64(sha256(KEY, body))),
        ofBody(SourceType.EASYPOST, "X-Hmac-Signature", body -> "hmac-sha256-hex=" + hex(sha256(KEY, body))),
        ofBody(SourceType.NANGO, "X-Nango-Hmac-Sha256", body -> hex(sha256(KEY, body))),
        ofBody(SourceType.OPENCLAW, "Authorization", body -> "Bearer " + KEY),
        ofBody(SourceType.RUTTER, "X-Rutter-Signature", body -> "sha256=" + base64(sha256(KEY, body))),
        ofBody(SourceType.SEGMENT, "X-Signature", body -> hex(mac("HmacSHA1", KEY, body))),
        ofBody(SourceType.VAPI, "X-Vapi-Secret", body -> KEY),
        ofBody(SourceType.VERIFF, "X-HMAC-SIGNATURE", body -> hex(sha256(KEY, body))),
        ofBody(
                SourceType.CHECKBOOK,
                "Signature",
                body -> "nonce=1243549809,signature=" + hex(sha256(KEY, body + "1243549809"))),
        provider(
                SourceType.TWILIO,
                NEVER,
                time -> new Signed(
                        Map.of("X-Twilio-Signature", base64(mac("HmacSHA1", KEY, URL + FORM_SIGNED_BY_TWILIO))), BODY)),
        ofHeaders(
                SourceType.STRIPE,
                FIVE_MINUTES,
                time -> Map.of("Stripe-Signature", "t=" + time + ",v0=00,v1=" + hex(sha256(KEY, time + "." + BODY)))),
        ofHeaders(
                SourceType.TAILSCALE,
                FIVE_MINUTES,
                time -> Map.of(
                        "Tailscale-Webhook-Signature", "t=" + time + ",v1=" + hex(sha256(KEY, time + "." + BODY)))),
        ofHeaders(
                SourceType.PADDLE,
                Optional.of(Duration.ofSeconds(5)),
                time -> Map.of("Paddle-Signature", "ts=" + time + ";h1=" + hex(sha256(KEY, time + ":" + BODY)))),
        ofHeaders(
                SourceType.SLACK,
                FIVE_MINUTES,
                time -> Map.of(
                        "X-Slack-Request-Timestamp",
                        time,
                        "X-Slack-Signature",
                        "v0=" + hex(sha256(KEY, "v0:" + time + ":" + BODY)))),
        ofHeaders(
                SourceType.ZOOM,
                FIVE_MINUTES,
                time -> Map.of(
                        "x-zm-request-timestamp",
                        time,
                        "x-zm-signature",
                        "v0=" + hex(sha256(KEY, "v0:" + time + ":" + BODY)))),
        ofHeaders(
                SourceType.AIRWALLEX,
                FIVE_MINUTES,
                time -> Map.of("x-timestamp", time + "000", "x-signature", hex(sha256(KEY, time + "000" + BODY)))),
        ofHeaders(
                SourceType.HUBSPOT,
                FIVE_MINUTES,
                time -> Map.of(
                        "X-HubSpot-Request-Timestamp",
                        time + "000",
                        "X-HubSpot-Signature-v3",
                        base64(sha256(KEY, "POST" + URL + BODY + time + "000")))),
        ofHeaders(
                SourceType.PORT_IO,
                FIVE_MINUTES,
                time -> Map.of(
                        "x-port-timestamp", time, "x-port-signature", "v1," + base64(sha256(KEY, time + "." + BODY)))),
        new Provider(
                SourceType.ADYEN_PLATFORM,
                "adyen-platform",
                HEX_KEY,
                OTHER_HEX_KEY,
                NEVER,
                time -> new Signed(
                        Map.of(
                                "HmacSignature",
                                base64(mac("HmacSHA256", HexFormat.of().parseHex(HEX_KEY), BODY))),
                        BODY)),
        standard(SourceType.STANDARD_WEBHOOKS, "webhook"),
        standard(SourceType.GITLAB, "webhook"),
        standard(SourceType.SVIX, "svix"),
        asymmetric(SourceType.STANDARD_WEBHOOKS, "webhook"),
        asymmetric(SourceType.GITLAB, "webhook"),
        asymmetric(SourceType.SVIX, "svix"),
        new Provider(
                SourceType.DISCORD,
                "discord",
                hex(last32(ED)),
                hex(last32(pair("Ed25519"))),
                FIVE_MINUTES,
                time -> new Signed(
                        Map.of(
                                "X-Signature-Timestamp",
                                time,
                                "X-Signature-Ed25519",
                                hex(signed("Ed25519", ED, time + BODY))),
                        BODY)),
        new Provider(
                SourceType.TELNYX,
                "telnyx",
                base64(last32(ED)),
                base64(last32(pair("Ed25519"))),
                FIVE_MINUTES,
                time -> new Signed(
                        Map.of(
                                "telnyx-timestamp",
                                time,
                                "telnyx-signature-ed25519",
                                base64(signed("Ed25519", ED, time + "|" + BODY))),
                        BODY)),
        new Provider(
                SourceType.SENDGRID,
                "sendgrid",
                base64(EC.getPublic().getEncoded()),
                base64(pair("EC").getPublic().getEncoded()),
                NEVER,
                time -> new Signed(
                        Map.of(
                                "X-Twilio-Email-Event-Webhook-Timestamp",
                                time,
                                "X-Twilio-Email-Event-Webhook-Signature",
                                base64(signed("SHA256withECDSA", EC, time + BODY))),
                        BODY)),
        provider(SourceType.LINEAR, Optional.of(Duration.ofSeconds(60)), time -> {
            String body = "{\"n\":1130,\"webhookTimestamp\":" + time + "000}";
            return new Signed(Map.of("Linear-Signature", hex(sha256(KEY, body))), body);
        }),
        provider(SourceType.MAILGUN, FIVE_MINUTES, time -> {
            String signature = hex(sha256(KEY, time + "t0ken"));
            return new Signed(
                    Map.of(),
                    "{\"signature\":{\"timestamp\":\"" + time + "\",\"token\":\"t0ken\",\"signature\":\"" + signature
                            + "\"},\"event-data\":{\"n\":1130}}",
                    URL,
                    Map.of("timestamp", time, "token", "t0ken", "signature\":\"", signature));
        }),
        provider(
                SourceType.MS_GRAPH,
                NEVER,
                time -> new Signed(
                        Map.of(),
                        "{\"value\":[{\"clientState\":\"" + KEY + "\",\"n\":1130}]}",
                        URL,
                        Map.of("clientState", KEY))),
        new Provider(SourceType.ADYEN_PAYMENTS, "adyen-payments", HEX_KEY, OTHER_HEX_KEY, NEVER, time -> {
            String signature = base64(
                    mac("HmacSHA256", HexFormat.of().parseHex(HEX_KEY), "psp-1::Shop:r-1:1130:EUR:CAPTURE:true"));
            return new Signed(
                    Map.of(),
                    "{\"notificationItems\":[{\"NotificationRequestItem\":{\"pspReference\":\"psp-1\","
                            + "\"merchantAccountCode\":\"Shop\",\"merchantReference\":\"r-1\",\"amount\":{\"value\":1130,"
                            + "\"currency\":\"EUR\"},\"eventCode\":\"CAPTURE\",\"success\":\"true\","
                            + "\"additionalData\":{\"hmacSignature\":\"" + signature + "\"}}}]}",
                    URL,
                    Map.of("hmacSignature", signature, "pspReference", "psp-1"));
        }),
        provider(SourceType.PANDA_DOC, NEVER, time -> {
            String signature = hex(sha256(KEY, BODY));
            return new Signed(Map.of(), BODY, URL + "&signature=" + signature, Map.of("signature=", signature));
        }),
        new Provider(
                SourceType.PAYPAL,
                "paypal",
                "WH-1",
                "WH-2",
                NEVER,
                time -> new Signed(
                        Map.of(
                                "PAYPAL-TRANSMISSION-ID",
                                "transmission-1",
                                "PAYPAL-TRANSMISSION-TIME",
                                NOW.toString(),
                                "PAYPAL-TRANSMISSION-SIG",
                                base64(signed("SHA256withRSA", RSA, "transmission-1|" + NOW + "|WH-1|" + crc(BODY))),
                                "PAYPAL-AUTH-ALGO",
                                "SHA256withRSA",
                                "PAYPAL-CERT-URL",
                                CERTIFICATE),
                        BODY),
                // Nothing is fetched here.
                list -> new PayPalSignature(
                        List.of(list.split(",", -1)),
                        url -> url.equals(CERTIFICATE) ? Optional.of(RSA.getPublic()) : Optional.empty()))
    };

    /** Else a provider could be shipped whose requests nobody has tried to spoil. */
    @Test
    void everyTypeIsHere() {
        assertThat(Stream.of(PROVIDERS).map(Provider::type)).containsAll(EnumSet.allOf(SourceType.class));
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void whoeverSignsATimeHasAWindow(Provider provider) {
        assertThat(provider.stale().isPresent())
                .isEqualTo(provider.type() == SourceType.MAILGUN
                        || provider.type().schemes().stream().anyMatch(scheme -> scheme.window() != ReplayWindow.NONE));
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void aGenuineRequestIsAccepted(Provider provider) {
        assertThat(provider.verifies(provider.signed(), NOW)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void anotherBodyIsRefused(Provider provider) {
        Signed changed = provider.signed().replaced("1130", "1131");

        assertThat(changed).isNotEqualTo(provider.signed());
        assertThat(provider.verifies(changed, NOW)).isEqualTo(COVERING_NO_BODY.contains(provider.type()));
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void anotherSignatureIsRefused(Provider provider) {
        Signed genuine = provider.signed();
        genuine.headers().forEach((name, value) -> {
            Map<String, String> changed = new TreeMap<>(genuine.headers());
            changed.put(name, altered(value));

            assertThat(provider.verifies(genuine.with(changed), NOW)).as(name).isFalse();
        });
        genuine.marks()
                .forEach((name, value) -> assertThat(provider.verifies(genuine.replaced(value, altered(value)), NOW))
                        .as(name)
                        .isFalse());
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void aMissingHeaderIsRefused(Provider provider) {
        Signed genuine = provider.signed();
        genuine.headers().keySet().forEach(name -> {
            Map<String, String> fewer = new TreeMap<>(genuine.headers());
            fewer.remove(name);

            assertThat(provider.verifies(genuine.with(fewer), NOW)).as(name).isFalse();
        });
        genuine.marks()
                .keySet()
                .forEach(name -> assertThat(provider.verifies(genuine.replaced(name, "x" + name), NOW))
                        .as(name)
                        .isFalse());
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void anotherSecretIsRefusedAndOneOfSeveralIsEnough(Provider provider) {
        WebhookRequest request = provider.signed().request();

        assertThat(provider.verifiers().apply(provider.other()).verify(request, NOW))
                .isFalse();
        assertThat(provider.verifiers()
                        .apply(provider.other() + "," + provider.secret())
                        .verify(request, NOW))
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("PROVIDERS")
    void aStaleRequestIsRefusedWhereATimeIsSigned(Provider provider) {
        Instant later = NOW.plus(provider.stale().orElse(Duration.ofDays(3)));

        assertThat(provider.verifies(provider.signed(), later)).isTrue();
        assertThat(provider.verifies(provider.signed(), later.plusSeconds(1)))
                .isEqualTo(provider.stale().isEmpty());
    }

    /** Svix has the same header names for all, and those of Standard Webhooks. */
    @ParameterizedTest
    @ValueSource(strings = {"svix", "webhook"})
    void whoeverSendsWithSvixSignsAsSvixDoes(String prefix) {
        WebhookRequest request = standard(SourceType.SVIX, prefix).signed().request();

        assertThat(SvixTypes.SENT_WITH_SVIX).hasSize(16).allSatisfy(type -> {
            Source source = SourceOf.settings(Map.of("type", type, "secret", WHSEC));
            assertThat(source.verifier().verify(request, NOW)).isTrue();
            assertThat(source.verifier().verify(request, NOW.plusSeconds(301))).isFalse();
            assertThat(source.fields()).isEqualTo(SourceType.SVIX.fields());
        });
    }

    /** The account may have other keys beside ours. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void docuSignSignsOnceWithEachKeyOfTheAccount(int ours) {
        Map<String, String> headers = new TreeMap<>();
        for (int n = 1; n <= 10; n++) {
            headers.put("X-DocuSign-Signature-" + n, base64(sha256(n == ours ? KEY : "key-" + n, BODY)));
        }
        Source source = SourceOf.settings(Map.of("type", "docusign", "secret", KEY));

        assertThat(source.verifier().verify(new Signed(headers, BODY).request(), NOW))
                .isTrue();
        headers.put("X-DocuSign-Signature-" + ours, base64(sha256("another-key", BODY)));
        assertThat(source.verifier().verify(new Signed(headers, BODY).request(), NOW))
                .isFalse();
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
                        base64(signed("SHA256withECDSA", EC, TIME + BODY)))),
                BODY.getBytes(UTF_8));

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

    private static String altered(String value) {
        int last = value.length() - 1;
        // The last letter of base64 has spare bits, and what follows it is padding.
        while (value.charAt(last) == '=') {
            last--;
        }
        last = Math.max(0, last - 2);
        return value.substring(0, last) + (value.charAt(last) == '0' ? '1' : '0') + value.substring(last + 1);
    }

    private static Provider ofBody(SourceType type, String header, UnaryOperator<String> signature) {
        return ofHeaders(type, NEVER, time -> Map.of(header, signature.apply(BODY)));
    }

    private static Provider ofHeaders(
            SourceType type, Optional<Duration> stale, Function<String, Map<String, String>> headers) {
        return provider(type, stale, time -> new Signed(headers.apply(time), BODY));
    }

    private static Provider provider(SourceType type, Optional<Duration> stale, Function<String, Signed> sign) {
        return new Provider(type, type.configName(), KEY, "another-key", stale, sign);
    }

    private static Provider standard(SourceType type, String prefix) {
        byte[] key = Base64.getDecoder().decode(WHSEC.substring("whsec_".length()));
        return new Provider(
                type,
                type.configName(),
                WHSEC,
                WHSEC.replace('M', 'N'),
                FIVE_MINUTES,
                time -> standard(prefix, time, "v1," + base64(mac("HmacSHA256", key, "msg_100." + time + "." + BODY))));
    }

    private static Provider asymmetric(SourceType type, String prefix) {
        return new Provider(
                type,
                type.configName() + " v1a",
                "whpk_" + base64(last32(ED)),
                "whpk_" + base64(last32(pair("Ed25519"))),
                FIVE_MINUTES,
                time -> standard(prefix, time, "v1a," + base64(signed("Ed25519", ED, "msg_100." + time + "." + BODY))));
    }

    private static Signed standard(String prefix, String time, String signature) {
        return new Signed(
                Map.of(prefix + "-id", "msg_100", prefix + "-timestamp", time, prefix + "-signature", signature), BODY);
    }

    private static byte[] sha256(String key, String content) {
        return mac("HmacSHA256", key, content);
    }

    private static byte[] mac(String algorithm, String key, String content) {
        return mac(algorithm, key.getBytes(UTF_8), content);
    }

    private static byte[] mac(String algorithm, byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static long crc(String content) {
        CRC32 crc = new CRC32();
        crc.update(content.getBytes(UTF_8));
        return crc.getValue();
    }

    private static byte[] signed(String algorithm, KeyPair pair, String content) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(content.getBytes(UTF_8));
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

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
