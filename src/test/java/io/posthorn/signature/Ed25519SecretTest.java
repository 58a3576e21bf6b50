package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519SecretTest {

    /** RFC 8032, section 7.1, TEST 2. */
    private static final String SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    private static final String SIGNATURE_OF_72 = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    private static final String X509_PREFIX = "302a300506032b6570032100";

    @Test
    void theVectorOfTheStandardIsMet() {
        SigningSecret secret = SigningSecret.parse(whsk(SEED));

        assertThat(secret.verificationKey()).isEqualTo("whpk_" + base64(PUBLIC));
        assertThat(secret.sign(HexFormat.of().parseHex("72")))
                .isEqualTo(HexFormat.of().parseHex(SIGNATURE_OF_72));
    }

    @Test
    void theSeedMayStandWithItsPublicKey() {
        assertThat(SigningSecret.parse(whsk(SEED + PUBLIC)).reveal()).isEqualTo(whsk(SEED + PUBLIC));
        assertThat(SigningSecret.parse(whsk(SEED)).reveal()).isEqualTo(whsk(SEED + PUBLIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", SEED + "00", SEED + SEED, PUBLIC + SEED})
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> SigningSecret.parse(whsk(hex))).isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void whatIsNotBase64IsRefused() {
        assertThatThrownBy(() -> SigningSecret.parse("whsk_%%%")).isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void aGeneratedPairSignsWhatItsPublicHalfVerifies() throws GeneralSecurityException {
        SigningSecret secret = SigningSecret.generateAsymmetric(new SecureRandom());
        String entry = StandardSignature.sign(secret, "msg_1", Instant.ofEpochSecond(7), "{}".getBytes(UTF_8));

        assertThat(entry).startsWith("v1a,");
        assertThat(secret.isSymmetric()).isFalse();
        assertThat(verifies(secret.verificationKey(), "msg_1.7.{}", entry)).isTrue();
        assertThat(verifies(secret.verificationKey(), "msg_1.8.{}", entry)).isFalse();
        assertThat(SigningSecret.parse(secret.reveal()).verificationKey()).isEqualTo(secret.verificationKey());
    }

    @Test
    void aPairThatReachesALogIsHidden() {
        assertThat(SigningSecret.parse(whsk(SEED))).hasToString("whsk_***");
    }

    private static boolean verifies(String key, String content, String entry) throws GeneralSecurityException {
        byte[] raw = Base64.getDecoder().decode(key.substring("whpk_".length()));
        byte[] encoded = HexFormat.of().parseHex(X509_PREFIX + HexFormat.of().formatHex(raw));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update(content.getBytes(UTF_8));
        return verifier.verify(Base64.getDecoder().decode(entry.substring("v1a,".length())));
    }

    private static String whsk(String hex) {
        return "whsk_" + base64(hex);
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
