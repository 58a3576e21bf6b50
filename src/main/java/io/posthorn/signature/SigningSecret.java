package io.posthorn.signature;

import java.security.SecureRandom;

/**
 * A secret that signs deliveries after Standard Webhooks: symmetric, or the private half of a key pair.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks, "Signature scheme"</a>
 */
public sealed interface SigningSecret permits HmacSecret, Ed25519Secret {

    /** @throws UnusableSecretException if the text is no such secret; the prefix of a symmetric one may be left out */
    static SigningSecret parse(String text) {
        return text.startsWith(Ed25519Secret.PREFIX) ? Ed25519Secret.parse(text) : HmacSecret.parse(text);
    }

    /** A new symmetric secret. */
    static SigningSecret generate(SecureRandom random) {
        return HmacSecret.generate(random);
    }

    /** A new key pair. */
    static SigningSecret generateAsymmetric(SecureRandom random) {
        return Ed25519Secret.generate(random);
    }

    /** The secret itself, for storage. */
    String reveal();

    /** What a receiver needs to verify with: the secret itself, or the public half of a key pair. */
    String verificationKey();

    /** Whether a receiver verifies with the very secret that signs. */
    default boolean isSymmetric() {
        return version().equals(StandardSignature.SYMMETRIC);
    }

    /** What stands before a signature in its header. */
    String version();

    /** Signs the parts as one. */
    byte[] sign(byte[]... parts);
}
