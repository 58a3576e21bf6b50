package io.posthorn.signature;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A symmetric secret: {@code whsec_} and the padded base64 of 24 to 75 bytes. The specification ends at 64 bytes; Svix
 * allows 75, and its secrets go on working here.
 */
final class HmacSecret implements SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 75;
    private static final int GENERATED_BYTES = 24;
    private static final String ALLOWED =
            "whsec_ followed by the base64 of " + MIN_BYTES + " to " + MAX_BYTES + " bytes";

    private final byte[] key;

    private HmacSecret(byte[] key) {
        this.key = key;
    }

    static HmacSecret parse(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException notBase64) {
            throw new UnusableSecretException(ALLOWED);
        }
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new UnusableSecretException(ALLOWED);
        }
        return new HmacSecret(key);
    }

    static HmacSecret generate(SecureRandom random) {
        byte[] key = new byte[GENERATED_BYTES];
        random.nextBytes(key);
        return new HmacSecret(key);
    }

    @Override
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    @Override
    public String verificationKey() {
        return reveal();
    }

    @Override
    public String version() {
        return StandardSignature.SYMMETRIC;
    }

    @Override
    public byte[] sign(byte[]... parts) {
        return Hmac.sha256(key, parts);
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
