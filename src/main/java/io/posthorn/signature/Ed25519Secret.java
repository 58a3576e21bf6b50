package io.posthorn.signature;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The private half of an Ed25519 key pair: {@code whsk_} and the base64 of its 32-byte seed, which the 32-byte public key
 * may follow, as it does with Svix.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032">RFC 8032, Ed25519</a>
 */
final class Ed25519Secret implements SigningSecret {

    static final String PREFIX = "whsk_";

    private static final String PUBLIC_PREFIX = "whpk_";
    private static final String ALGORITHM = "Ed25519";
    private static final int SEED_BYTES = 32;
    private static final int PAIR_BYTES = 64;
    private static final String ALLOWED =
            "whsk_ followed by the base64 of an Ed25519 seed, alone or with the public key that belongs to it";

    private final KeyPair pair;

    private Ed25519Secret(KeyPair pair) {
        this.pair = pair;
    }

    static Ed25519Secret parse(String text) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            throw new UnusableSecretException(ALLOWED);
        }
        if (key.length != SEED_BYTES && key.length != PAIR_BYTES) {
            throw new UnusableSecretException(ALLOWED);
        }
        Ed25519Secret secret = new Ed25519Secret(pairOf(Arrays.copyOf(key, SEED_BYTES)));
        if (key.length == PAIR_BYTES
                && !Hmac.sameInConstantTime(Arrays.copyOfRange(key, SEED_BYTES, PAIR_BYTES), secret.publicKey())) {
            throw new UnusableSecretException(ALLOWED);
        }
        return secret;
    }

    static Ed25519Secret generate(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new Ed25519Secret(pairOf(seed));
    }

    /** The platform makes a public key only along with a private one, whose seed it draws. */
    private static KeyPair pairOf(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(SEED_BYTES * Byte.SIZE - 1, new GivenRandom(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String reveal() {
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        byte[] both = Arrays.copyOf(seed, PAIR_BYTES);
        System.arraycopy(publicKey(), 0, both, SEED_BYTES, SEED_BYTES);
        return PREFIX + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public String verificationKey() {
        return PUBLIC_PREFIX + Base64.getEncoder().encodeToString(publicKey());
    }

    /** The key stands at the end of its X.509 form (RFC 8410, section 4). */
    private byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - SEED_BYTES, encoded.length);
    }

    @Override
    public String version() {
        return StandardSignature.ASYMMETRIC;
    }

    @Override
    public byte[] sign(byte[]... parts) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair.getPrivate());
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }

    /** Gives the bytes that it was given. */
    private static final class GivenRandom extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte @Nullable [] given;

        GivenRandom(byte[] given) {
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (given != null) {
                System.arraycopy(given, 0, bytes, 0, bytes.length);
            }
        }
    }
}
