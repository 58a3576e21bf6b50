package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;

/** How the text of a secret stands for the bytes of a key. */
public enum KeyFormat {
    /** The UTF-8 bytes of the text. */
    TEXT("", "a secret that is not blank") {
        @Override
        byte[] decode(String secret) {
            return secret.isBlank() ? new byte[0] : secret.getBytes(UTF_8);
        }
    },
    HEX("", "a key in hex") {
        @Override
        byte[] decode(String secret) {
            return HexFormat.of().parseHex(secret);
        }
    },
    BASE64("", "a key in base64") {
        @Override
        byte[] decode(String secret) {
            return Base64.getDecoder().decode(secret);
        }
    },
    /** Standard Webhooks: base64 behind {@code whsec_}; shorter keys than the standard's occur with Svix. */
    WHSEC("whsec_", "whsec_ followed by the base64 of at least 16 bytes") {
        @Override
        byte[] decode(String secret) {
            byte[] key = BASE64.decode(secret);
            return key.length < MIN_BYTES ? new byte[0] : key;
        }
    },
    /** A public key of Standard Webhooks: base64 behind {@code whpk_}. */
    WHPK("whpk_", BASE64.allowed) {
        @Override
        byte[] decode(String secret) {
            return BASE64.decode(secret);
        }
    };

    private static final int MIN_BYTES = 16;

    private final String prefix;
    private final String allowed;

    /** @param prefix that says what the key is; no part of it, and may be left out */
    KeyFormat(String prefix, String allowed) {
        this.prefix = prefix;
        this.allowed = allowed;
    }

    /** Whether a secret begins as those of this format do. */
    boolean isMarkedOn(String secret) {
        return secret.startsWith(prefix);
    }

    /** @return nothing for a text that stands for no key */
    abstract byte[] decode(String secret);

    /** @throws UnusableSecretException if the text stands for no key: with an empty one, anyone could sign */
    byte[] key(String secret) {
        try {
            byte[] key = decode(isMarkedOn(secret) ? secret.substring(prefix.length()) : secret);
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException malformed) {
            // Reported below, like a key that is empty.
        }
        throw new UnusableSecretException(allowed);
    }
}
