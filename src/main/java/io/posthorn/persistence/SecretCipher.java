package io.posthorn.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts secrets for storage with AES-256-GCM (NIST SP 800-38D): a random 12-byte nonce, then the ciphertext. */
@ApplicationScoped
public class SecretCipher {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** To look one up takes longer than to decrypt with it, and each delivery decrypts. */
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(SecretCipher::newCipher);

    @Inject
    Settings settings;

    private final SecureRandom random = new SecureRandom();
    private List<byte[]> keys;

    @PostConstruct
    void loadKeys() {
        keys = MasterKeys.load(settings);
    }

    /** A key for another purpose, which tells nothing of the master key it comes from: HMAC-SHA256 of the purpose. */
    public byte[] deriveKey(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.get(0), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    public byte[] encrypt(String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce).doFinal(secret.getBytes(UTF_8));
            return ByteBuffer.allocate(NONCE_BYTES + ciphertext.length)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + TRANSFORMATION, e);
        }
    }

    /** @throws IllegalStateException if none of the master keys fits */
    public String decrypt(byte[] encrypted) {
        ByteBuffer buffer = ByteBuffer.wrap(encrypted);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] ciphertext = new byte[buffer.remaining()];
        buffer.get(ciphertext);
        for (byte[] key : keys) {
            try {
                return new String(cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(ciphertext), UTF_8);
            } catch (GeneralSecurityException anotherKey) {
                // GCM tells a wrong key from a right one; during a rotation the next one may fit.
            }
        }
        throw new IllegalStateException("No key of posthorn.master-key decrypts a stored secret");
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + TRANSFORMATION, e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = CIPHERS.get();
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
