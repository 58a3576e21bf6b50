package io.posthorn.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** What senders sign with. */
public enum SignatureAlgorithm {
    /** No signature: the sender shows the secret itself. */
    TOKEN {
        @Override
        SecretCheck check(byte[] key) {
            return (given, parts) -> Hmac.sameInConstantTime(key, given);
        }
    },
    HMAC_SHA1 {
        @Override
        SecretCheck check(byte[] key) {
            return hmac("HmacSHA1", key);
        }
    },
    HMAC_SHA256 {
        @Override
        SecretCheck check(byte[] key) {
            return hmac("HmacSHA256", key);
        }
    },
    HMAC_SHA512 {
        @Override
        SecretCheck check(byte[] key) {
            return hmac("HmacSHA512", key);
        }
    },
    /** RFC 8032; the key is the 32 bytes of the public one. */
    ED25519 {
        @Override
        SecretCheck check(byte[] key) {
            if (key.length != ED25519_BYTES) {
                throw new UnusableSecretException("an Ed25519 public key of 32 bytes");
            }
            return signature(
                    "Ed25519",
                    publicKey("Ed25519", X509_ED25519 + HexFormat.of().formatHex(key)));
        }
    },
    /** ECDSA on P-256 with SHA-256, the signature in DER; the key is a SubjectPublicKeyInfo (RFC 5480). */
    ECDSA_SHA256 {
        @Override
        SecretCheck check(byte[] key) {
            return signature("SHA256withECDSA", publicKey("EC", HexFormat.of().formatHex(key)));
        }
    };

    private static final int ED25519_BYTES = 32;

    /** What stands before the key in its X.509 form (RFC 8410, section 4). */
    private static final String X509_ED25519 = "302a300506032b6570032100";

    /** Compares a signature with what the parts, taken as one, should give. */
    interface SecretCheck {

        boolean verifies(byte[] signature, byte[]... parts);
    }

    /** @throws UnusableSecretException if the key does not suit the algorithm */
    abstract SecretCheck check(byte[] key);

    /** Whether the key that verifies is a public one. */
    public boolean isAsymmetric() {
        return this == ED25519 || this == ECDSA_SHA256;
    }

    private static SecretCheck hmac(String algorithm, byte[] key) {
        return (given, parts) -> Hmac.sameInConstantTime(Hmac.of(algorithm, key, parts), given);
    }

    private static SecretCheck signature(String algorithm, PublicKey key) {
        return (given, parts) -> {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initVerify(key);
                for (byte[] part : parts) {
                    signature.update(part);
                }
                return signature.verify(given);
            } catch (GeneralSecurityException malformed) {
                return false;
            }
        };
    }

    private static PublicKey publicKey(String algorithm, String x509) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(x509)));
        } catch (GeneralSecurityException e) {
            throw new UnusableSecretException("a public key for " + algorithm);
        }
    }
}
