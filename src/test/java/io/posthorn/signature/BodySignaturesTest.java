package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemes that look into the body, or need more than a secret. */
class BodySignaturesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String CERTIFICATE = "https://api.paypal.com/v1/notifications/certs/CERT-1";

    // Mailgun ------------------------------------------------------------------------------------------------------

    @Test
    void mailgunsTimeAndTokenAreSigned() {
        MailgunSignature scheme = new MailgunSignature(List.of("other", "key"), TOLERANCE);

        assertThat(scheme.verify(body(mailgun("key", "t0ken", NOW)), NOW)).isTrue();
        assertThat(scheme.verify(body(mailgun("key", "t0ken", NOW).replace("t0ken", "t1ken")), NOW))
                .isFalse();
        assertThat(scheme.verify(body(mailgun("third", "t0ken", NOW)), NOW)).isFalse();
        assertThat(scheme.verify(
                        body(mailgun("key", "t0ken", NOW).replaceFirst("..(\"},\"event-data\")", "00$1")), NOW))
                .isFalse();
    }

    @Test
    void whatHappensAtASubaccountOfMailgunIsSignedByItsParentToo() {
        MailgunSignature parent = new MailgunSignature(List.of("parent"), TOLERANCE);
        String genuine = ofSubaccount("parent", "t0ken");

        assertThat(parent.verify(body(genuine), NOW)).isTrue();
        assertThat(parent.verify(body(genuine.replace("t0ken", "t1ken")), NOW)).isFalse();
        assertThat(parent.verify(body(ofSubaccount("other", "t0ken")), NOW)).isFalse();
        assertThat(parent.verify(body(genuine), NOW.plus(TOLERANCE).plusSeconds(1)))
                .isFalse();
        assertThat(new MailgunSignature(List.of("subaccount"), TOLERANCE).verify(body(genuine), NOW))
                .isTrue();
    }

    private static String ofSubaccount(String parentKey, String token) {
        String signed = NOW.getEpochSecond() + token;
        String signature = HexFormat.of().formatHex(Hmac.sha256(parentKey.getBytes(UTF_8), signed.getBytes(UTF_8)));
        return mailgun("subaccount", token, NOW)
                .replace("\"signature\":{", "\"signature\":{\"parent-signature\":\"" + signature + "\",");
    }

    @Test
    void aStaleWebhookOfMailgunIsRefused() {
        MailgunSignature scheme = new MailgunSignature(List.of("key"), TOLERANCE);

        assertThat(scheme.verify(body(mailgun("key", "t", NOW)), NOW.plus(TOLERANCE)))
                .isTrue();
        assertThat(scheme.verify(
                        body(mailgun("key", "t", NOW)), NOW.plus(TOLERANCE).plusSeconds(1)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"signature\":7}",
                "{\"signature\":{\"timestamp\":\"soon\",\"token\":\"t\",\"signature\":\"00\"}}",
                "{\"signature\":{\"timestamp\":\"99999999999999999999\",\"token\":\"t\",\"signature\":\"00\"}}",
                "{\"signature\":{\"timestamp\":9223372036854775807,\"token\":\"t\",\"signature\":\"zz\"}}"
            })
    void aBodyWithoutASignatureIsRefused(String text) {
        assertThat(new MailgunSignature(List.of("key"), TOLERANCE).verify(body(text), NOW))
                .isFalse();
        assertThat(new AdyenPaymentsSignature(List.of("00")).verify(body(text), NOW))
                .isFalse();
        assertThat(new ClientStateToken(List.of("key")).verify(body(text), NOW)).isFalse();
    }

    // Adyen, Microsoft Graph ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"notificationItems\":[]}",
                "{\"notificationItems\":[7]}",
                "{\"notificationItems\":[{\"NotificationRequestItem\":7}]}",
                "{\"notificationItems\":[{\"NotificationRequestItem\":{}}]}",
                "{\"notificationItems\":[{\"NotificationRequestItem\":{\"additionalData\":{\"hmacSignature\":\"%\"}}}]}"
            })
    void anItemWithoutASignatureSpoilsTheNotification(String text) {
        assertThat(new AdyenPaymentsSignature(List.of("00")).verify(body(text), NOW))
                .isFalse();
    }

    @Test
    void everyItemOfAdyenHasToBeGenuine() {
        AdyenPaymentsSignature scheme = new AdyenPaymentsSignature(List.of("00ff"));
        String genuine = adyen("00ff", "psp-1", "psp-1");
        String forged = adyen("00ff", "psp-1", "psp-2");

        assertThat(scheme.verify(body(notification(genuine, genuine)), NOW)).isTrue();
        assertThat(scheme.verify(body(notification(genuine, forged)), NOW)).isFalse();
        assertThat(scheme.verify(body(notification(forged, genuine)), NOW)).isFalse();
        assertThat(new AdyenPaymentsSignature(List.of("00fe")).verify(body(notification(genuine)), NOW))
                .isFalse();
        assertThat(new AdyenPaymentsSignature(List.of("00fe", "00ff")).verify(body(notification(genuine)), NOW))
                .isTrue();
    }

    /** Who reads the body later on could take the first of two. */
    @Test
    void forgedItemsOfAdyenCannotHideBehindGenuineOnes() {
        AdyenPaymentsSignature scheme = new AdyenPaymentsSignature(List.of("00ff"));
        String genuine = adyen("00ff", "psp-1", "psp-1");
        String forged = adyen("00ff", "psp-1", "psp-2");
        String both = "{\"notificationItems\":[" + forged + "],\"notificationItems\":[" + genuine + "]}";

        assertThat(scheme.verify(body(both), NOW)).isFalse();
        assertThat(scheme.verify(body(notification(genuine) + notification(forged)), NOW))
                .isFalse();
        assertThat(scheme.verify(body(notification(genuine) + "x"), NOW)).isFalse();
    }

    @Test
    void aFieldOfAdyenThatIsNullIsSignedAsIfItWereNotThere() {
        String signed = adyen("00ff", "psp-1", "psp-1");
        String withNull = signed.replace("\"success\"", "\"originalReference\":null,\"success\"");

        assertThat(withNull).isNotEqualTo(signed);
        assertThat(new AdyenPaymentsSignature(List.of("00ff")).verify(body(notification(withNull)), NOW))
                .isTrue();
    }

    @Test
    void aStateThatIsNullShowsNoSecret() {
        assertThat(new ClientStateToken(List.of("null")).verify(body("{\"value\":[{\"clientState\":null}]}"), NOW))
                .isFalse();
    }

    @Test
    void allNotificationsHaveToShowTheSecret() {
        ClientStateToken scheme = new ClientStateToken(List.of("old", "new"));

        assertThat(scheme.verify(body("{\"value\":[{\"clientState\":\"new\"},{\"clientState\":\"old\"}]}"), NOW))
                .isTrue();
        assertThat(scheme.verify(body("{\"value\":[{\"clientState\":\"new\"},{\"clientState\":\"x\"}]}"), NOW))
                .isFalse();
        assertThat(scheme.verify(body("{\"value\":[{\"clientState\":\"new\"},{}]}"), NOW))
                .isFalse();
        assertThat(scheme.verify(body("{\"value\":[]}"), NOW)).isFalse();
    }

    private static String notification(String... items) {
        return "{\"notificationItems\":[" + String.join(",", items) + "]}";
    }

    /** @param sent in place of the reference that was signed */
    private static String adyen(String key, String signed, String sent) {
        byte[] mac = Hmac.sha256(
                HexFormat.of().parseHex(key), (signed + "::Shop:r-1:1130:EUR:CAPTURE:true").getBytes(UTF_8));
        return "{\"NotificationRequestItem\":{\"pspReference\":\"" + sent + "\",\"merchantAccountCode\":\"Shop\","
                + "\"merchantReference\":\"r-1\",\"amount\":{\"value\":1130,\"currency\":\"EUR\"},"
                + "\"eventCode\":\"CAPTURE\",\"success\":\"true\",\"additionalData\":{\"hmacSignature\":\""
                + Base64.getEncoder().encodeToString(mac) + "\"}}}";
    }

    // PayPal -------------------------------------------------------------------------------------------------------

    @Test
    void payPalsSignatureCoversTheBodyByItsChecksum() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        PayPalSignature scheme = new PayPalSignature(
                List.of("WH-0", "WH-1"),
                url -> url.equals(CERTIFICATE) ? Optional.of(pair.getPublic()) : Optional.empty());
        Map<String, String> headers = payPal(pair, "{\"id\":1}");

        assertThat(scheme.verify(request(headers, "{\"id\":1}"), NOW)).isTrue();
        assertThat(scheme.verify(request(headers, "{\"id\":2}"), NOW)).isFalse();
        assertThat(new PayPalSignature(List.of("WH-0"), url -> Optional.of(pair.getPublic()))
                        .verify(request(headers, "{\"id\":1}"), NOW))
                .isFalse();
        headers.keySet().forEach(name -> {
            Map<String, String> fewer = new TreeMap<>(headers);
            fewer.remove(name);
            assertThat(scheme.verify(request(fewer, "{\"id\":1}"), NOW))
                    .as(name)
                    .isFalse();
            Map<String, String> changed = new TreeMap<>(headers);
            changed.put(name, "AAAA");
            assertThat(scheme.verify(request(changed, "{\"id\":1}"), NOW))
                    .as(name)
                    .isFalse();
        });
    }

    // Twilio -------------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example/hook",
                "https://shop.example:443/hook",
                "https://shop.example:8443/hook?b=2&name=O'Neil&a=x+y",
                "http://shop.example/hook"
            })
    void twilioSignsTheUrlWithOrWithoutItsPort(String url) {
        TwilioSignature scheme = new TwilioSignature(List.of("other", "key"));
        String bare = url.replaceFirst(":\\d+/", "/");

        assertThat(scheme.verify(twilio(url, url, "B=2&A=1&A=0&A=1"), NOW)).isTrue();
        assertThat(scheme.verify(twilio(bare, url, "B=2&A=1&A=0&A=1"), NOW)).isTrue();
        assertThat(scheme.verify(twilio(url, url + "x", "B=2&A=1&A=0&A=1"), NOW))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/hook, https://shop.example/hook?bodySHA256=",
        "https://shop.example/hook?a=b, https://shop.example/hook?a=b&bodySHA256=",
        "https://shop.example/hook, https://shop.example:443/hook?bodySHA256="
    })
    void twilioAddsTheHashOfABodyThatIsNoFormToTheUrlThatWasConfigured(String configured, String signed) {
        byte[] body = "{\"a\":1}".getBytes(UTF_8);
        // As sha256sum prints it.
        String url = signed + "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
        byte[] mac = Hmac.of("HmacSHA1", "key".getBytes(UTF_8), url.getBytes(UTF_8));
        Map<String, String> headers = Map.of(
                "X-Twilio-Signature", Base64.getEncoder().encodeToString(mac), "Content-Type", "application/json");
        TwilioSignature scheme = new TwilioSignature(List.of("key"));

        assertThat(scheme.verify(new WebhookRequest(RequestHeaders.ofSingleValues(headers), body, configured), NOW))
                .isTrue();
        assertThat(scheme.verify(
                        new WebhookRequest(
                                RequestHeaders.ofSingleValues(headers), "{\"a\":2}".getBytes(UTF_8), configured),
                        NOW))
                .isFalse();
    }

    @Test
    void aBodyThatTheUrlDoesNotCoverIsRefused() {
        TwilioSignature scheme = new TwilioSignature(List.of("key"));
        byte[] mac = Hmac.of("HmacSHA1", "key".getBytes(UTF_8), "https://a.example/".getBytes(UTF_8));
        Map<String, String> headers = Map.of(
                "X-Twilio-Signature", Base64.getEncoder().encodeToString(mac), "Content-Type", "application/json");

        assertThat(scheme.verify(
                        new WebhookRequest(RequestHeaders.ofSingleValues(headers), new byte[0], "https://a.example/"),
                        NOW))
                .isTrue();
        assertThat(scheme.verify(
                        new WebhookRequest(
                                RequestHeaders.ofSingleValues(headers), "{}".getBytes(UTF_8), "https://a.example/"),
                        NOW))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a url", "https://", "mailto:a@b"})
    void anOddUrlIsNoFault(String url) {
        assertThat(new TwilioSignature(List.of("key")).verify(twilio("https://a.example/", url, "A=%zz"), NOW))
                .isFalse();
    }

    // ------------------------------------------------------------------------------------------------------------

    @Test
    void noSecretIsRefusedByAll() {
        assertThatThrownBy(() -> new MailgunSignature(List.of(), TOLERANCE))
                .isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new AdyenPaymentsSignature(List.of())).isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new AdyenPaymentsSignature(List.of("xyz")))
                .isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new ClientStateToken(List.of())).isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new TwilioSignature(List.of())).isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new PayPalSignature(List.of(" "), url -> Optional.empty()))
                .isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new DeclaredSignature(SignatureScheme.token("X"), List.of(), TOLERANCE))
                .isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void aKeyThatDoesNotSuitItsAlgorithmIsRefused() {
        SignatureScheme discord = SignatureScheme.hmac("X")
                .algorithm(SignatureAlgorithm.ED25519)
                .key(KeyFormat.HEX)
                .build();
        SignatureScheme sendGrid = SignatureScheme.hmac("X")
                .algorithm(SignatureAlgorithm.ECDSA_SHA256)
                .key(KeyFormat.BASE64)
                .build();

        assertThatThrownBy(() -> new DeclaredSignature(discord, List.of("00ff"), TOLERANCE))
                .isInstanceOf(UnusableSecretException.class);
        assertThatThrownBy(() -> new DeclaredSignature(sendGrid, List.of("AAAA"), TOLERANCE))
                .isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void aTimeInTheBodyIsHeldToTheWindowWhereItIsThere() {
        SignatureVerifier linear = new DeclaredSignature(
                SignatureScheme.hmac("Linear-Signature")
                        .timedInBody(ReplayWindow.BOTH, "/webhookTimestamp")
                        .build(),
                List.of("key"),
                Duration.ofSeconds(60));

        assertThat(linear.verify(linear("{\"webhookTimestamp\":" + NOW.toEpochMilli() + "}"), NOW.plusSeconds(60)))
                .isTrue();
        assertThat(linear.verify(linear("{\"webhookTimestamp\":" + NOW.toEpochMilli() + "}"), NOW.plusSeconds(61)))
                .isFalse();
        assertThat(linear.verify(linear("{\"webhookTimestamp\":1e300}"), NOW)).isFalse();
        assertThat(linear.verify(linear("{}"), NOW)).isTrue();
    }

    private static WebhookRequest linear(String body) {
        String signature = HexFormat.of().formatHex(Hmac.sha256("key".getBytes(UTF_8), body.getBytes(UTF_8)));
        return request(Map.of("Linear-Signature", signature), body);
    }

    private static WebhookRequest twilio(String signedUrl, String calledUrl, String form) {
        String fields = form.equals("B=2&A=1&A=0&A=1") ? "A0A1B2" : form;
        byte[] mac = Hmac.of("HmacSHA1", "key".getBytes(UTF_8), (signedUrl + fields).getBytes(UTF_8));
        return new WebhookRequest(
                RequestHeaders.ofSingleValues(
                        Map.of("X-Twilio-Signature", Base64.getEncoder().encodeToString(mac))),
                form.getBytes(UTF_8),
                calledUrl);
    }

    private static String mailgun(String key, String token, Instant time) {
        String seconds = Long.toString(time.getEpochSecond());
        String signature =
                HexFormat.of().formatHex(Hmac.sha256(key.getBytes(UTF_8), (seconds + token).getBytes(UTF_8)));
        return "{\"signature\":{\"timestamp\":\"" + seconds + "\",\"token\":\"" + token + "\",\"signature\":\""
                + signature + "\"},\"event-data\":{}}";
    }

    private static Map<String, String> payPal(KeyPair pair, String body) throws GeneralSecurityException {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(("id-1|2026-11-25T12:00:00Z|WH-1|" + crc.getValue()).getBytes(UTF_8));
        return new TreeMap<>(Map.of(
                "PAYPAL-TRANSMISSION-ID", "id-1",
                "PAYPAL-TRANSMISSION-TIME", "2026-11-25T12:00:00Z",
                "PAYPAL-TRANSMISSION-SIG", Base64.getEncoder().encodeToString(signature.sign()),
                "PAYPAL-AUTH-ALGO", "SHA256withRSA",
                "PAYPAL-CERT-URL", CERTIFICATE));
    }

    private static WebhookRequest body(String text) {
        return request(Map.of(), text);
    }

    private static WebhookRequest request(Map<String, String> headers, String body) {
        return new WebhookRequest(RequestHeaders.ofSingleValues(headers), body.getBytes(UTF_8));
    }
}
