package io.posthorn.signature;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A symmetric Standard Webhooks secret: {@code whsec_} and the padded base64 of 24 to 75 bytes. The specification ends
 * at 64 bytes; Svix allows 75, and its secrets go on working here.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks, "Signature scheme"</a>
 */
public final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 75;
    private static final int GENERATED_BYTES = 24;
    private static final String ALLOWED =
            "whsec_ followed by the base64 of " + MIN_BYTES + " to " + MAX_BYTES + " bytes";

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    /** @throws UnusableSecretException if the text is not such a secret; the prefix may be left out */
    public static SigningSecret parse(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException notBase64) {
            throw new UnusableSecretException(ALLOWED);
        }
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new UnusableSecretException(ALLOWED);
        }
        return new SigningSecret(key);
    }

    public static SigningSecret generate(SecureRandom random) {
        byte[] key = new byte[GENERATED_BYTES];
        random.nextBytes(key);
        return new SigningSecret(key);
    }

    byte[] key() {
        return key;
    }

    /** The secret as it is shown to its owner and given to a verifying library. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
