package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSignatureTest {

    private static final String SECRET = "posthorn-field";
    private static final byte[] BODY = "{\"n\":1}".getBytes(UTF_8);
    private static final String GOOD = "sha256=38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354b";

    private final SignatureVerifier scheme = plain(List.of(SECRET));

    /** The digests of FIELD-CASES, made by other people's code. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "V1, 7b227469746c65223a22636166c3a920f09f988a20e280a6227d,"
                + " 7014cddd41de99158f2a90097efb85787e7c135e6e0eb4f73bd90154c9e0fa10",
        "V3, 7b0d0a20202261223a20310d0a7d0d0a, bfa69dbce0407fcae5cc1f141d4c84bb83dc3883156df636280c5d07809a6999",
        "V4, 7b2261223a317d0a, 2a7c85638fe299d1e092aa2b5035802035426fad45cb83011882da44a53aac67",
        "V5, 7061796c6f61643d2537422532327a656e253232253341253232612b62253232253744,"
                + " fa3dfc15d1d8deadedeafa726798f8dd3e40f55a594a8362d793412c4772e47f",
        "V6, 78, 360257b6d0d7a45680d7f6a33565675389f4cf653c5a46bd75639095ff4cabb3",
        "V9, 7b226964223a383230323532323733313434353532353534322c22616d74223a312e31302c2265223a3145322c227a223a2d307d,"
                + " 17acafb79f8339aa4d51d00ced328249be0b179eb684d2e1f714e98901962d60",
        "V13, 7b2274797065223a2261222c2274797065223a2262227d,"
                + " e532b5a1484f7904d22d1f946be9101abe1948e9d8483707b11f4a4e8b898d0f",
        "V14, '', d8f517f160e03b7c4e9cc9839d57b9499b30cc6335e11f61ac3222de578f03dd",
        "V15, 7b226e223a317d, 38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354b"
    })
    void aBodyFromTheFieldIsVerifiedOverItsVeryBytes(String id, String bodyHex, String digest) {
        byte[] body = HexFormat.of().parseHex(bodyHex);

        assertThat(verify(scheme, body, "sha256=" + digest)).as(id).isTrue();
    }

    @Test
    void whatWeSignIsThePublishedDigest() {
        assertThat(PlainSignature.sign(SECRET, BODY)).isEqualTo(GOOD);
    }

    @Test
    void aTamperedBodyIsRefused() {
        byte[] tampered = "{\"n\":2}".getBytes(UTF_8);

        assertThat(verify(scheme, tampered, GOOD)).isFalse();
    }

    @Test
    void aBodyWithoutItsLastByteIsRefused() {
        byte[] cut = Arrays.copyOf(BODY, BODY.length - 1);

        assertThat(verify(scheme, cut, GOOD)).isFalse();
    }

    @Test
    void aRequestWithoutASignatureIsRefused() {
        WebhookRequest unsigned = new WebhookRequest(RequestHeaders.of(Map.of()), BODY);

        assertThat(scheme.verify(unsigned, Instant.EPOCH)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha1=38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354b",
                "SHA256=38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354b",
                "38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354b",
                "sha256=38fc8cf914c4d6da532123e2d08028c4",
                "sha256=38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354",
                "sha256=38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354bff",
                "sha256=38fc8cf914c4d6da532123e2d08028c465510cfa50594b1364696587eb5b354g"
            })
    void aMalformedSignatureIsRefused(String signature) {
        assertThat(verify(scheme, BODY, signature)).isFalse();
    }

    @Test
    void upperCaseHexIsTheSameSignature() {
        String digest = GOOD.substring("sha256=".length()).toUpperCase(Locale.ROOT);

        assertThat(verify(scheme, BODY, "sha256=" + digest)).isTrue();
    }

    @Test
    void anySecretOfARotationVerifies() {
        SignatureVerifier rotating = plain(List.of("the-new-one", SECRET));

        assertThat(verify(rotating, BODY, GOOD)).isTrue();
        assertThat(verify(rotating, BODY, PlainSignature.sign("the-new-one", BODY)))
                .isTrue();
    }

    @Test
    void aSecretThatIsNotConfiguredIsRefused() {
        assertThat(verify(scheme, BODY, PlainSignature.sign("another", BODY))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\t"})
    void aBlankSecretIsRefusedSinceAnyoneCouldSignWithIt(String secret) {
        assertThatThrownBy(() -> plain(List.of(SECRET, secret))).isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void noSecretIsRefused() {
        assertThatThrownBy(() -> plain(List.of())).isInstanceOf(UnusableSecretException.class);
    }

    private static SignatureVerifier plain(List<String> secrets) {
        return new DeclaredSignature(PlainSignature.SCHEME, secrets, Duration.ZERO);
    }

    private static boolean verify(SignatureVerifier scheme, byte[] body, String signature) {
        RequestHeaders headers = RequestHeaders.ofSingleValues(Map.of("X-Webhook-Signature", signature));
        return scheme.verify(new WebhookRequest(headers, body), Instant.EPOCH);
    }
}
