package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** How the bytes of a signature are written. */
public enum SignatureEncoding {
    HEX,
    BASE64,
    /** As they are: a token. */
    NONE;

    Optional<byte[]> decode(String text) {
        try {
            return Optional.of(
                    switch (this) {
                        case HEX -> HexFormat.of().parseHex(text);
                        case BASE64 -> Base64.getDecoder().decode(text);
                        case NONE -> text.getBytes(UTF_8);
                    });
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
