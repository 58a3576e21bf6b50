package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.JsonPointers;
import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;

/**
 * What Microsoft Graph has in place of a signature: each notification shows the secret that the subscription was made
 * with. It covers nothing; all notifications have to show it.
 *
 * @see <a href="https://learn.microsoft.com/graph/change-notifications-delivery-webhooks">Microsoft Graph, "Receive
 *     change notifications through webhooks"</a>
 */
public final class ClientStateToken implements SignatureVerifier {

    private final List<SecretCheck> checks;

    /** @throws UnusableSecretException if there is none, or one is blank */
    public ClientStateToken(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        checks = secrets.stream()
                .map(secret -> SignatureAlgorithm.TOKEN.check(KeyFormat.TEXT.key(secret)))
                .toList();
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        return JsonText.parse(request.body())
                .flatMap(json -> JsonPointers.find(json, "/value"))
                .filter(JsonArray.class::isInstance)
                .map(JsonValue::asJsonArray)
                .filter(items -> !items.isEmpty() && items.stream().allMatch(this::isGenuine))
                .isPresent();
    }

    private boolean isGenuine(JsonValue item) {
        return JsonText.object(item)
                .flatMap(fields -> JsonText.string(fields, "/clientState"))
                .filter(state -> checks.stream().anyMatch(check -> check.verifies(state.getBytes(UTF_8))))
                .isPresent();
    }
}
