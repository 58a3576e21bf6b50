package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;

/** How the text of a secret stands for the bytes of a key. */
public enum KeyFormat {
    /** The UTF-8 bytes of the text. */
    TEXT("a secret that is not blank") {
        @Override
        byte[] decode(String secret) {
            return secret.isBlank() ? new byte[0] : secret.getBytes(UTF_8);
        }
    },
    HEX("a key in hex") {
        @Override
        byte[] decode(String secret) {
            return HexFormat.of().parseHex(secret);
        }
    },
    BASE64("a key in base64") {
        @Override
        byte[] decode(String secret) {
            return Base64.getDecoder().decode(secret);
        }
    },
    /** Standard Webhooks: base64 behind {@code whsec_}; shorter keys than the standard's occur with Svix. */
    WHSEC("whsec_ followed by the base64 of at least 16 bytes") {
        @Override
        byte[] decode(String secret) {
            byte[] key = BASE64.decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            return key.length < MIN_BYTES ? new byte[0] : key;
        }
    };

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 16;

    private final String allowed;

    KeyFormat(String allowed) {
        this.allowed = allowed;
    }

    /** @return nothing for a text that stands for no key */
    abstract byte[] decode(String secret);

    /** @throws UnusableSecretException if the text stands for no key: with an empty one, anyone could sign */
    byte[] key(String secret) {
        try {
            byte[] key = decode(secret);
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException malformed) {
            // Reported below, like a key that is empty.
        }
        throw new UnusableSecretException(allowed);
    }
}
