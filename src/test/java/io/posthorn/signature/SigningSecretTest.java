package io.posthorn.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretTest {

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64, 75})
    void aKeyOfUsualLengthIsTaken(int bytes) {
        String text = secretOf(bytes);

        assertThat(SigningSecret.parse(text).reveal()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 76, 1000})
    void aKeyThatIsTooShortOrTooLongIsRefused(int bytes) {
        assertThatThrownBy(() -> SigningSecret.parse(secretOf(bytes))).isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void thePrefixMayBeLeftOut() {
        String text = secretOf(24);

        assertThat(SigningSecret.parse(text.substring("whsec_".length())).reveal())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS%",
                "whsec_MfKQ9r8GKYqrTwjUPD8I LPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            })
    void whatIsNotBase64IsRefused(String text) {
        assertThatThrownBy(() -> SigningSecret.parse(text)).isInstanceOf(UnusableSecretException.class);
    }

    @Test
    void aRefusalTellsWhatIsAllowedAndNotTheSecret() {
        assertThatThrownBy(() -> SigningSecret.parse("whsec_c2VjcmV0"))
                .hasMessage("Expected whsec_ followed by the base64 of 24 to 75 bytes");
    }

    @Test
    void aGeneratedSecretIsOneThatIsTaken() {
        String generated = SigningSecret.generate(new SecureRandom()).reveal();

        assertThat(SigningSecret.parse(generated).reveal()).isEqualTo(generated);
    }

    @Test
    void aSecretThatReachesALogIsHidden() {
        assertThat(SigningSecret.parse(secretOf(24))).hasToString("whsec_***");
    }

    private static String secretOf(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
