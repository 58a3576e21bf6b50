package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * The Standard Webhooks scheme over {@code id.timestamp.body}, in base64: HMAC-SHA256 as version {@code v1}, Ed25519 as
 * {@code v1a}. Its header lists one entry for each secret and version, so that both can be rotated.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks, "Verifying signatures"</a>
 */
public final class StandardSignature {

    static final String SYMMETRIC = "v1";
    static final String ASYMMETRIC = "v1a";

    private StandardSignature() {}

    /**
     * The scheme, once for each version.
     *
     * @param prefixes of the headers' names; of each header, the first that is there counts
     */
    public static List<SignatureScheme> schemes(List<String> prefixes) {
        return List.of(
                scheme(prefixes, SYMMETRIC).key(KeyFormat.WHSEC).build(),
                scheme(prefixes, ASYMMETRIC)
                        .algorithm(SignatureAlgorithm.ED25519)
                        .key(KeyFormat.WHPK)
                        .build());
    }

    private static SignatureScheme.Builder scheme(List<String> prefixes, String version) {
        return SignatureScheme.hmac(names(prefixes, StandardHeaders::signature))
                .listing(version)
                .base64()
                .over("{id}.{timestamp}.{body}")
                .idIn(names(prefixes, StandardHeaders::id))
                .timed(ReplayWindow.BOTH, names(prefixes, StandardHeaders::timestamp));
    }

    private static String[] names(List<String> prefixes, Function<StandardHeaders, String> header) {
        return prefixes.stream().map(StandardHeaders::withPrefix).map(header).toArray(String[]::new);
    }

    /** One entry of the signature header. */
    public static String sign(SigningSecret secret, String id, Instant timestamp, byte[] body) {
        byte[] signature = secret.sign((id + "." + timestamp.getEpochSecond() + ".").getBytes(UTF_8), body);
        return secret.version() + "," + Base64.getEncoder().encodeToString(signature);
    }
}
