package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The plain scheme: {@code X-Webhook-Signature: sha256=<hex>}, an HMAC-SHA256 of the body keyed with the UTF-8 bytes
 * of the secret. It signs no time and so has no replay window.
 */
public final class PlainSignature implements SignatureVerifier {

    public static final String SIGNATURE_HEADER = "X-Webhook-Signature";
    public static final String EVENT_ID_HEADER = "X-Webhook-Event-Id";

    private static final String PREFIX = "sha256=";

    private final List<byte[]> keys;

    /**
     * @param secrets at least one; more than one during a rotation
     * @throws UnusableSecretException if there is none, or one is blank: a blank key lets anyone sign
     */
    public PlainSignature(List<String> secrets) {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new UnusableSecretException("a secret that is not blank");
        }
        this.keys = secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList();
    }

    /** The value of {@link #SIGNATURE_HEADER} for a body. */
    public static String sign(String secret, byte[] body) {
        return PREFIX + HexFormat.of().formatHex(Hmac.sha256(secret.getBytes(UTF_8), body));
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        Optional<byte[]> given = request.headers().first(SIGNATURE_HEADER).flatMap(PlainSignature::parse);
        return given.isPresent()
                && keys.stream()
                        .anyMatch(key -> Hmac.sameInConstantTime(Hmac.sha256(key, request.body()), given.get()));
    }

    private static Optional<byte[]> parse(String header) {
        if (!header.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(header, PREFIX.length(), header.length()));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }
}
