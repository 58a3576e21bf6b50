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
 * rest of the body: whoever has seen one webhook can send another within the window.
 *
 * @see <a href="https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks">Mailgun, "Securing
 *     webhooks"</a>
 */
public final class MailgunSignature implements SignatureVerifier {

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
        Optional<byte[]> signature =
                JsonText.string(json, "/signature/signature").flatMap(SignatureEncoding.HEX::decode);
        return timestamp.isPresent()
                && token.isPresent()
                && signature.isPresent()
                && checks.stream()
                        .anyMatch(check ->
                                check.verifies(signature.get(), (timestamp.get() + token.get()).getBytes(UTF_8)));
    }
}
