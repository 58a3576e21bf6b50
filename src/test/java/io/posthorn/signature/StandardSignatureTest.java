package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardSignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET =
            "whsec_TUdfVE5UMnZlci1TeWxOYXQtX1ZlTW1kLTRtMFdhYmEwanIxdHJvenRCbmlTQ2hFdzBnbHhFbWdFaTJLdzQwSA==";
    private static final String ID = "msg_1";
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_614_265_330);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final byte[] BODY = "{\"a\":1}".getBytes(UTF_8);

    private final SignatureVerifier scheme = standard(List.of(SECRET), "webhook");

    @Test
    void aGenuineRequestIsAccepted() {
        assertThat(scheme.verify(signed(), SIGNED_AT)).isTrue();
    }

    @Test
    void aTamperedBodyIsRefused() {
        WebhookRequest tampered = new WebhookRequest(signed().headers(), "{\"a\":2}".getBytes(UTF_8));

        assertThat(scheme.verify(tampered, SIGNED_AT)).isFalse();
    }

    @Test
    void aBorrowedIdIsRefused() {
        assertThat(scheme.verify(signedBut("webhook-id", "msg_2"), SIGNED_AT)).isFalse();
    }

    @Test
    void aBorrowedTimestampIsRefused() {
        assertThat(scheme.verify(signedBut("webhook-timestamp", "1614265331"), SIGNED_AT))
                .isFalse();
    }

    @Test
    void aTimestampAsOldAsTheToleranceIsAccepted() {
        assertThat(scheme.verify(signed(), SIGNED_AT.plus(TOLERANCE))).isTrue();
    }

    @Test
    void aStaleTimestampIsRefused() {
        assertThat(scheme.verify(signed(), SIGNED_AT.plus(TOLERANCE).plusSeconds(1)))
                .isFalse();
    }

    @Test
    void aTimestampAsFarAheadAsTheToleranceIsAccepted() {
        assertThat(scheme.verify(signed(), SIGNED_AT.minus(TOLERANCE))).isTrue();
    }

    @Test
    void aTimestampFromTheFutureIsRefused() {
        assertThat(scheme.verify(signed(), SIGNED_AT.minus(TOLERANCE).minusSeconds(1)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "1614265330.5", "9223372036854775807", "-9223372036854775808", "99999999999999999999"
            })
    void aTimestampThatIsNoTimeIsRefused(String timestamp) {
        assertThat(scheme.verify(signedBut("webhook-timestamp", timestamp), SIGNED_AT))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aRequestThatLacksAHeaderIsRefused(String header) {
        Map<String, String> headers = headers();
        headers.remove(header);

        assertThat(scheme.verify(request(headers), SIGNED_AT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "v1", "v1,", "v1,%%%", "v1a,AAAA", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="})
    void aMalformedSignatureIsRefused(String signature) {
        assertThat(scheme.verify(signedBut("webhook-signature", signature), SIGNED_AT))
                .isFalse();
    }

    @Test
    void anEmptyIdIsRefusedEvenWhenSigned() {
        Map<String, String> headers = headers();
        headers.put("webhook-id", "");
        headers.put("webhook-signature", StandardSignature.sign(SigningSecret.parse(SECRET), "", SIGNED_AT, BODY));

        assertThat(scheme.verify(request(headers), SIGNED_AT)).isFalse();
    }

    @Test
    void aSignatureOfAnotherVersionOrSecretBesideTheGoodOneDoesNotHarm() {
        String good = headers().get("webhook-signature");
        String foreign = StandardSignature.sign(SigningSecret.parse(OTHER_SECRET), ID, SIGNED_AT, BODY);

        assertThat(scheme.verify(signedBut("webhook-signature", "v1a,AAAA " + foreign + " " + good), SIGNED_AT))
                .isTrue();
    }

    @Test
    void anySecretOfARotationVerifies() {
        SignatureVerifier rotating = standard(List.of(OTHER_SECRET, SECRET), "webhook");

        assertThat(rotating.verify(signed(), SIGNED_AT)).isTrue();
    }

    @Test
    void aSecretThatIsNotConfiguredIsRefused() {
        SignatureVerifier other = standard(List.of(OTHER_SECRET), "webhook");

        assertThat(other.verify(signed(), SIGNED_AT)).isFalse();
    }

    @Test
    void thePublicHalfOfAPairVerifiesVersionV1a() {
        SigningSecret pair = SigningSecret.generateAsymmetric(new SecureRandom());
        SignatureVerifier asymmetric = standard(List.of(pair.verificationKey()), "webhook");
        WebhookRequest request = signedBut("webhook-signature", StandardSignature.sign(pair, ID, SIGNED_AT, BODY));

        assertThat(asymmetric.verify(request, SIGNED_AT)).isTrue();
        assertThat(asymmetric.verify(signed(), SIGNED_AT)).isFalse();
        assertThat(scheme.verify(request, SIGNED_AT)).isFalse();
    }

    @Test
    void anHmacIsNoSignatureOfAPairAndTheOtherWayRound() {
        String relabelled =
                signed().headers().first("webhook-signature").orElseThrow().replace("v1,", "v1a,");

        assertThat(scheme.verify(signedBut("webhook-signature", relabelled), SIGNED_AT))
                .isFalse();
    }

    @Test
    void theHeadersMayHaveTheNamesOfSvix() {
        SignatureVerifier svix = standard(List.of(SECRET), "svix", "webhook");
        Map<String, String> renamed = new TreeMap<>();
        headers().forEach((name, value) -> renamed.put(name.replace("webhook-", "svix-"), value));

        assertThat(svix.verify(request(renamed), SIGNED_AT)).isTrue();
        assertThat(svix.verify(signed(), SIGNED_AT)).isTrue();
        assertThat(scheme.verify(request(renamed), SIGNED_AT)).isFalse();
    }

    /** The header of the first name is the event's id: unsigned, it would make a new event of an old one. */
    @Test
    void anIdThatIsNotSignedDoesNotStandBeforeTheOneThatIs() {
        SignatureVerifier svix = standard(List.of(SECRET), "svix", "webhook");

        assertThat(svix.verify(signedBut("svix-id", "another"), SIGNED_AT)).isFalse();
    }

    @Test
    void noSecretIsRefused() {
        assertThatThrownBy(() -> standard(List.of(), "webhook")).isInstanceOf(UnusableSecretException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "whsec_"})
    void aBlankSecretIsRefused(String secret) {
        assertThatThrownBy(() -> standard(List.of(SECRET, secret), "webhook"))
                .isInstanceOf(UnusableSecretException.class);
    }

    private static SignatureVerifier standard(List<String> secrets, String... prefixes) {
        return DeclaredSignature.ofAny(StandardSignature.schemes(List.of(prefixes)), secrets, TOLERANCE);
    }

    private static WebhookRequest signed() {
        return request(headers());
    }

    private static WebhookRequest signedBut(String header, String value) {
        Map<String, String> headers = headers();
        headers.put(header, value);
        return request(headers);
    }

    private static WebhookRequest request(Map<String, String> headers) {
        return new WebhookRequest(RequestHeaders.ofSingleValues(headers), BODY);
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        headers.put("webhook-id", ID);
        headers.put("webhook-timestamp", Long.toString(SIGNED_AT.getEpochSecond()));
        headers.put("webhook-signature", StandardSignature.sign(SigningSecret.parse(SECRET), ID, SIGNED_AT, BODY));
        return headers;
    }
}
