package io.posthorn.endpoint;

import io.posthorn.config.Certificates;
import io.posthorn.config.Pem;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.List;

/**
 * What an endpoint is shown that asks who calls.
 *
 * @param chain certificates in PEM, the client's own first, each issued by the next
 * @param key of the first certificate; PKCS #8 in PEM, unencrypted
 */
public record ClientCertificate(String chain, SecretText key) {

    public List<X509Certificate> certificates() {
        return Certificates.parse(chain);
    }

    /** @throws IllegalArgumentException if it is no key of the certificate's algorithm */
    public PrivateKey privateKey() {
        List<byte[]> keys = Pem.blocks("PRIVATE KEY", key.reveal());
        if (keys.size() != 1) {
            throw new IllegalArgumentException(
                    "must be one unencrypted PRIVATE KEY in PEM; `openssl pkcs8 -topk8 -nodes` makes one of other forms");
        }
        try {
            return KeyFactory.getInstance(own().getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("must be a key of the certificate's algorithm", e);
        }
    }

    /**
     * The certificates, if they can be shown.
     *
     * @throws IllegalArgumentException if they do not follow one another, or the first has expired
     */
    List<X509Certificate> checkChain(Instant now) {
        List<X509Certificate> all = certificates();
        Instant expiry = Certificates.expiry(all.get(0));
        if (expiry.isBefore(now)) {
            throw new IllegalArgumentException("must not have expired, as it did at " + expiry);
        }
        for (int i = 1; i < all.size(); i++) {
            try {
                all.get(i - 1).verify(all.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("must follow one another, each issued by the next", e);
            }
        }
        return all;
    }

    /**
     * The key, if it is that of the first certificate.
     *
     * @throws IllegalArgumentException if it is another
     */
    PrivateKey checkKey() {
        PrivateKey given = privateKey();
        try {
            byte[] text = {1, 2, 3};
            Signature signature = Signature.getInstance(signatureAlgorithm());
            signature.initSign(given);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(own().getPublicKey());
            signature.update(text);
            if (signature.verify(signed)) {
                return given;
            }
        } catch (GeneralSecurityException anotherKey) {
            // Reported below: a key of another curve or size.
        }
        throw new IllegalArgumentException("must be the key of the first certificate");
    }

    private String signatureAlgorithm() {
        String algorithm = own().getPublicKey().getAlgorithm();
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> throw new IllegalArgumentException("must be a key of RSA, EC or EdDSA, not " + algorithm);
        };
    }

    private X509Certificate own() {
        return certificates().get(0);
    }
}
