package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * The plain scheme: {@code X-Webhook-Signature: sha256=<hex>}, an HMAC-SHA256 of the body keyed with the UTF-8 bytes
 * of the secret. It signs no time and so has no replay window.
 */
public final class PlainSignature {

    public static final String SIGNATURE_HEADER = "X-Webhook-Signature";
    public static final String EVENT_ID_HEADER = "X-Webhook-Event-Id";

    private static final String PREFIX = "sha256=";

    public static final SignatureScheme SCHEME =
            SignatureScheme.hmac(SIGNATURE_HEADER).behind(PREFIX).build();

    private PlainSignature() {}

    /** The value of {@link #SIGNATURE_HEADER} for a body. */
    public static String sign(String secret, byte[] body) {
        return PREFIX + HexFormat.of().formatHex(Hmac.sha256(secret.getBytes(UTF_8), body));
    }
}
