package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The Standard Webhooks scheme over {@code id.timestamp.body}, in base64: HMAC-SHA256 as version {@code v1}, Ed25519 as
 * {@code v1a}, which is signed here and not verified.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks, "Verifying signatures"</a>
 */
public final class StandardSignature implements SignatureVerifier {

    static final String SYMMETRIC = "v1";
    static final String ASYMMETRIC = "v1a";

    private static final String VERSION = SYMMETRIC + ",";

    private final List<HmacSecret> secrets;
    private final Duration tolerance;
    private final StandardHeaders names = StandardHeaders.withPrefix("webhook");

    /**
     * @param secrets at least one; more than one during a rotation
     * @param tolerance how far the signed time may lie before or after now, inclusive
     * @throws UnusableSecretException if there is none, or one is malformed
     */
    public StandardSignature(List<String> secrets, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        this.secrets = secrets.stream().map(HmacSecret::parse).toList();
        this.tolerance = tolerance;
    }

    /** One entry of the signature header. */
    public static String sign(SigningSecret secret, String id, Instant timestamp, byte[] body) {
        return secret.version() + ","
                + Base64.getEncoder().encodeToString(signed(secret, id, timestamp.getEpochSecond(), body));
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        Optional<String> id = deliveryId(request);
        Optional<Long> timestamp = request.headers().first(names.timestamp()).flatMap(StandardSignature::parseSeconds);
        Optional<String> signatures = request.headers().first(names.signature());
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty() || isStale(timestamp.get(), now)) {
            return false;
        }
        List<byte[]> expected = secrets.stream()
                .map(secret -> signed(secret, id.get(), timestamp.get(), request.body()))
                .toList();
        // The header lists one entry per secret and version, so that secrets and versions can be rotated.
        for (String entry : signatures.get().split(" ", -1)) {
            Optional<byte[]> given = parseEntry(entry);
            if (given.isPresent() && expected.stream().anyMatch(mac -> Hmac.sameInConstantTime(mac, given.get()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<String> deliveryId(WebhookRequest request) {
        return request.headers().first(names.id()).filter(id -> !id.isEmpty());
    }

    private boolean isStale(long timestamp, Instant now) {
        try {
            Duration age =
                    Duration.between(Instant.ofEpochSecond(timestamp), now).abs();
            return age.truncatedTo(SECONDS).compareTo(tolerance) > 0;
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return true;
        }
    }

    private static byte[] signed(SigningSecret secret, String id, long timestamp, byte[] body) {
        return secret.sign((id + "." + timestamp + ".").getBytes(UTF_8), body);
    }

    private static Optional<Long> parseSeconds(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> parseEntry(String entry) {
        if (!entry.startsWith(VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(entry.substring(VERSION.length())));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
