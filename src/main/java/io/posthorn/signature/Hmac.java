package io.posthorn.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC (RFC 2104) and the constant-time comparison that every verification must use. */
final class Hmac {

    private static final String SHA256 = "HmacSHA256";

    private Hmac() {}

    static byte[] sha256(byte[] key, byte[]... parts) {
        return of(SHA256, key, parts);
    }

    /** @param algorithm such as {@code HmacSHA256} */
    static byte[] of(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }

    static boolean sameInConstantTime(byte[] expected, byte[] given) {
        return MessageDigest.isEqual(expected, given);
    }
}
