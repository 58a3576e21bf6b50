package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;

/** Signs what a provider sends in its handshake, to show that the secret is known. */
public final class HandshakeSignature {

    private HandshakeSignature() {}

    /** The answer to a challenge-response check of Twitter/X: {@code sha256=} and the HMAC-SHA256 in base64. */
    public static String crc(String secret, String token) {
        return "sha256="
                + Base64.getEncoder().encodeToString(Hmac.sha256(secret.getBytes(UTF_8), token.getBytes(UTF_8)));
    }

    /** The answer to a URL validation of Zoom: the HMAC-SHA256 in hex. */
    public static String hex(String secret, String token) {
        return HexFormat.of().formatHex(Hmac.sha256(secret.getBytes(UTF_8), token.getBytes(UTF_8)));
    }
}
