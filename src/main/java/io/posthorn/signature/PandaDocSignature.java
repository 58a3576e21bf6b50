package io.posthorn.signature;

import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PandaDoc's scheme: HMAC-SHA256 of the body in hex, which PandaDoc adds to the query of the URL.
 *
 * @see <a href="https://developers.pandadoc.com/docs/webhook-verification">PandaDoc, "How to verify webhook
 *     authenticity"</a>
 */
public final class PandaDocSignature implements SignatureVerifier {

    private static final Pattern SIGNATURE = Pattern.compile("[?&]signature=([0-9a-fA-F]{64})(?:&|$)");

    private final List<SecretCheck> checks;

    /** @throws UnusableSecretException if there is none, or one is blank */
    public PandaDocSignature(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        checks = secrets.stream()
                .map(secret -> SignatureAlgorithm.HMAC_SHA256.check(KeyFormat.TEXT.key(secret)))
                .toList();
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        Matcher given = SIGNATURE.matcher(request.url());
        return given.find()
                && SignatureEncoding.HEX
                        .decode(given.group(1))
                        .filter(signature ->
                                checks.stream().anyMatch(check -> check.verifies(signature, request.body())))
                        .isPresent();
    }
}
