package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.JsonPointers;
import io.posthorn.signature.SignatureAlgorithm.SecretCheck;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adyen's scheme for payment notifications: HMAC-SHA256 in base64, keyed with hex, over eight fields of each item. All
 * items have to be genuine.
 *
 * @see <a href="https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures">Adyen, "Verify HMAC
 *     signatures"</a>
 */
public final class AdyenPaymentsSignature implements SignatureVerifier {

    private static final List<String> FIELDS = List.of(
            "/pspReference",
            "/originalReference",
            "/merchantAccountCode",
            "/merchantReference",
            "/amount/value",
            "/amount/currency",
            "/eventCode",
            "/success");

    private final List<SecretCheck> checks;

    /** @throws UnusableSecretException if there is none, or one is not hex */
    public AdyenPaymentsSignature(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new UnusableSecretException("at least one secret");
        }
        checks = secrets.stream()
                .map(secret -> SignatureAlgorithm.HMAC_SHA256.check(KeyFormat.HEX.key(secret)))
                .toList();
    }

    @Override
    public boolean verify(WebhookRequest request, Instant now) {
        return JsonText.parse(request.body())
                .flatMap(json -> JsonPointers.find(json, "/notificationItems"))
                .filter(JsonArray.class::isInstance)
                .map(JsonValue::asJsonArray)
                .filter(items -> !items.isEmpty() && items.stream().allMatch(this::isGenuine))
                .isPresent();
    }

    private boolean isGenuine(JsonValue wrapped) {
        Optional<JsonObject> item = JsonText.object(wrapped)
                .map(outer -> outer.get("NotificationRequestItem"))
                .flatMap(JsonText::object);
        Optional<byte[]> signature = item.flatMap(fields -> JsonText.string(fields, "/additionalData/hmacSignature"))
                .flatMap(SignatureEncoding.BASE64::decode);
        return item.isPresent()
                && signature.isPresent()
                && checks.stream().anyMatch(check -> check.verifies(signature.get(), content(item.get())));
    }

    private static byte[] content(JsonObject item) {
        Stream<String> values =
                FIELDS.stream().map(field -> JsonText.string(item, field).orElse(""));
        return values.collect(Collectors.joining(":")).getBytes(UTF_8);
    }
}
