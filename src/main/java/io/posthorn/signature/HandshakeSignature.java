package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Signs what a provider sends in its handshake, to show that the secret is known. Webhooks are signed with the same key in
 * the same way, so whoever could choose the text could have a webhook signed: only a {@linkplain #isToken token} is signed,
 * which can be none.
 */
public final class HandshakeSignature {

    /** Of letters in which no JSON object can be spelt, nor what else a scheme with a handshake signs. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_=+/.-]{1,128}");

    private HandshakeSignature() {}

    /** Whether a text may be signed. */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** The answer to a challenge-response check of Twitter/X: {@code sha256=} and the HMAC-SHA256 in base64. */
    public static String crc(String secret, String token) {
        return "sha256=" + Base64.getEncoder().encodeToString(sign(secret, token));
    }

    /** The answer to a URL validation of Zoom: the HMAC-SHA256 in hex. */
    public static String hex(String secret, String token) {
        return HexFormat.of().formatHex(sign(secret, token));
    }

    private static byte[] sign(String secret, String token) {
        if (!isToken(token)) {
            throw new IllegalArgumentException("Not a token");
        }
        return Hmac.sha256(secret.getBytes(UTF_8), token.getBytes(UTF_8));
    }
}
