package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import jakarta.json.JsonStructure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Mailgun's scheme: HMAC-SHA256 in hex over a time and a token, all three of them in the body. It does not cover the
 * rest of the body: whoever has seen one webhook can send another within the window. What happens at a subaccount is
 * signed twice: with its own key, and with that of the account it belongs to.
 *
 * @see <a href="https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks">Mailgun, "Securing
 *     webhooks"</a>
 */
public final class MailgunSignature implements SignatureVerifier {

    private static final List<String> SIGNATURES = List.of("/signature/signature", "/signature/parent-signature");

    private final List<SecretCheck> checks;
    private final Duration tolerance;

    /** @throws UnusableSecretException if there is none, or one is blank */
    public MailgunSignature(List<String> secrets, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        this.checks = secrets.stream()
                .map(secret -> SignatureAlgorithm.HMAC_SHA256.check(KeyFormat.TEXT.key(secret)))
                .toList();
        this.tolerance = tolerance;
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        return JsonText.parse(request.body()).filter(json -> verify(json, now)).isPresent();
    }

    private boolean verify(JsonStructure json, Instant now) {
        Optional<String> timestamp = JsonText.string(json, "/signature/timestamp")
                .filter(text -> TimestampUnit.S
                        .read(text)
                        .filter(signed -> ReplayWindow.BOTH.admits(signed, now, tolerance))
                        .isPresent());
        Optional<String> token = JsonText.string(json, "/signature/token");
        return timestamp.isPresent()
                && token.isPresent()
                && SIGNATURES.stream()
                        .flatMap(pointer -> JsonText.string(json, pointer).stream())
                        .flatMap(text -> SignatureEncoding.HEX.decode(text).stream())
                        .anyMatch(signature -> isGenuine(signature, timestamp.get() + token.get()));
    }

    private boolean isGenuine(byte[] signature, String signed) {
        return checks.stream().anyMatch(check -> check.verifies(signature, signed.getBytes(UTF_8)));
    }
}
