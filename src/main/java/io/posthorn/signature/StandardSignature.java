package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The Standard Webhooks scheme over {@code id.timestamp.body}, in base64: HMAC-SHA256 as version {@code v1}, Ed25519 as
 * {@code v1a}. Its header lists one entry for each secret and version, so that both can be rotated.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks, "Verifying signatures"</a>
 */
public final class StandardSignature implements SignatureVerifier {

    static final String SYMMETRIC = "v1";
    static final String ASYMMETRIC = "v1a";

    private static final String PUBLIC_KEY = "whpk_";

    private record Versioned(String version, SecretCheck check) {

        static Versioned of(String secret) {
            return secret.startsWith(PUBLIC_KEY)
                    ? new Versioned(
                            ASYMMETRIC,
                            SignatureAlgorithm.ED25519.check(
                                    KeyFormat.BASE64.key(secret.substring(PUBLIC_KEY.length()))))
                    : new Versioned(SYMMETRIC, SignatureAlgorithm.HMAC_SHA256.check(KeyFormat.WHSEC.key(secret)));
        }
    }

    private final List<Versioned> secrets;
    private final Duration tolerance;
    private final List<StandardHeaders> names;

    /**
     * @param secrets at least one; more than one during a rotation
     * @param tolerance how far the signed time may lie before or after now, inclusive
     * @param prefixes of the headers' names, the first that is there counts
     * @throws UnusableSecretException if there is none, or one is malformed
     */
    public StandardSignature(List<String> secrets, Duration tolerance, List<String> prefixes) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        this.secrets = secrets.stream().map(Versioned::of).toList();
        this.tolerance = tolerance;
        this.names = prefixes.stream().map(StandardHeaders::withPrefix).toList();
    }

    /** With the headers of the specification. */
    public StandardSignature(List<String> secrets, Duration tolerance) {
        this(secrets, tolerance, List.of("webhook"));
    }

    /** One entry of the signature header. */
    public static String sign(SigningSecret secret, String id, Instant timestamp, byte[] body) {
        byte[] signature = secret.sign(start(id, Long.toString(timestamp.getEpochSecond())), body);
        return secret.version() + "," + Base64.getEncoder().encodeToString(signature);
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        return names.stream()
                .filter(headers -> request.headers().first(headers.signature()).isPresent())
                .findFirst()
                .filter(headers -> verify(request, headers, now))
                .isPresent();
    }

    private boolean verify(WebhookRequest request, StandardHeaders headers, Instant now) {
        Optional<String> id = request.headers().first(headers.id()).filter(text -> !text.isEmpty());
        Optional<String> timestamp = request.headers()
                .first(headers.timestamp())
                .filter(text -> TimestampUnit.S
                        .read(text)
                        .filter(signed -> ReplayWindow.BOTH.admits(signed, now, tolerance))
                        .isPresent());
        if (id.isEmpty() || timestamp.isEmpty()) {
            return false;
        }
        byte[] start = start(id.get(), timestamp.get());
        String signatures = request.headers().first(headers.signature()).orElse("");
        for (String entry : signatures.split(" ", -1)) {
            String[] parts = entry.split(",", 2);
            if (parts.length == 2 && isGenuine(parts[0], parts[1], start, request.body())) {
                return true;
            }
        }
        return false;
    }

    private boolean isGenuine(String version, String text, byte[] start, byte[] body) {
        Optional<byte[]> signature = SignatureEncoding.BASE64.decode(text);
        return signature.isPresent()
                && secrets.stream()
                        .filter(secret -> secret.version().equals(version))
                        .anyMatch(secret -> secret.check().verifies(signature.get(), start, body));
    }

    private static byte[] start(String id, String timestamp) {
        return (id + "." + timestamp + ".").getBytes(UTF_8);
    }
}
