package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.JwtSettings;
import io.posthorn.config.Pem;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.jose4j.keys.HmacKey;

/**
 * The keys of the tokens.
 *
 * @param signing empty where only a public key is configured, so that tokens can be checked and not issued
 */
record JwtKeys(String algorithm, Key verifying, Optional<Key> signing) {

    private static final String ALLOWED =
            "PEM with a PRIVATE KEY (PKCS #8), a PUBLIC KEY, or both; EdDSA needs the public one";

    static JwtKeys symmetric(String algorithm, byte[] key) {
        HmacKey hmac = new HmacKey(key);
        return new JwtKeys(algorithm, hmac, Optional.of(hmac));
    }

    /** @throws InvalidSettingException if the secret is no key of the algorithm */
    static JwtKeys of(JwtSettings settings, String secret) {
        if (settings.isSymmetric()) {
            return symmetric(settings.algorithm(), secret.getBytes(UTF_8));
        }
        try {
            KeyFactory factory = KeyFactory.getInstance(settings.algorithm().equals("EdDSA") ? "Ed25519" : "RSA");
            Optional<byte[]> privateBytes =
                    Pem.blocks("PRIVATE KEY", secret).stream().findFirst();
            Optional<byte[]> publicBytes =
                    Pem.blocks("PUBLIC KEY", secret).stream().findFirst();
            Optional<Key> signing = privateBytes.isPresent()
                    ? Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(privateBytes.get())))
                    : Optional.empty();
            Key verifying = publicBytes.isPresent()
                    ? factory.generatePublic(new X509EncodedKeySpec(publicBytes.get()))
                    : publicKeyOf(factory, (PrivateKey) signing.orElseThrow(JwtKeys::invalid));
            return new JwtKeys(settings.algorithm(), verifying, signing);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Key publicKeyOf(KeyFactory factory, PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return factory.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        throw invalid();
    }

    private static InvalidSettingException invalid() {
        return InvalidSettingException.ofSecret(JwtSettings.SECRET, ALLOWED);
    }
}
