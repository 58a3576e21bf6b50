package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.StrictJson;
import io.posthorn.signature.HandshakeSignature;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Handshake;
import io.posthorn.source.Source;
import io.posthorn.source.SourceSecret;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers what providers ask to make sure that an address is their customer's; nothing of it is stored. Of a query, only
 * its text is looked into: the servlet's parameters would read a form, and so take its bytes away.
 */
final class Handshakes {

    private static final String VALIDATION_TOKEN = "validationToken";

    private Handshakes() {}

    /**
     * Whether a POST is a handshake that its provider does not sign.
     *
     * @param query undecoded; {@code null} for none
     */
    static boolean isUnsigned(Source source, @Nullable String query) {
        return source.handshake() == Handshake.MS_GRAPH
                && QueryString.first(query, VALIDATION_TOKEN).isPresent();
    }

    /**
     * Answers a GET; empty if the provider makes no handshake in this way.
     *
     * @param query undecoded; {@code null} for none
     * @throws InboundException 403 for a wrong verify token, 400 for what is not to be signed
     */
    static Optional<HandshakeAnswer> get(Source source, @Nullable String query) {
        return switch (source.handshake()) {
            case META -> QueryString.first(query, "hub.challenge").map(challenge -> meta(source, query, challenge));
            case TWITTER -> QueryString.first(query, "crc_token").map(token -> twitter(source, token));
            default -> Optional.empty();
        };
    }

    private static HandshakeAnswer meta(Source source, @Nullable String query, String challenge) {
        byte[] expected = source.verifyToken().orElseGet(() -> first(source)).getBytes(UTF_8);
        boolean subscribes =
                QueryString.first(query, "hub.mode").filter("subscribe"::equals).isPresent();
        byte[] given = QueryString.first(query, "hub.verify_token").orElse("").getBytes(UTF_8);
        if (!subscribes || !MessageDigest.isEqual(expected, given)) {
            throw InboundException.forbiddenHandshake();
        }
        return HandshakeAnswer.ofText(challenge);
    }

    private static HandshakeAnswer twitter(Source source, String token) {
        return HandshakeAnswer.ofJson("response_token", HandshakeSignature.crc(first(source), checked(token)));
    }

    /** Where nothing shows which secret the provider has; a list of them begins with the one that is in use. */
    private static String first(Source source) {
        return source.secrets().get(0).text();
    }

    /**
     * Answers a POST that is a handshake; empty if it is a webhook.
     *
     * @param request whose signature has been verified, unless {@linkplain #isUnsigned it has none}
     * @param verifiedAt when that was
     * @param query undecoded; {@code null} for none
     * @throws InboundException 400 for what is not to be signed
     */
    static Optional<HandshakeAnswer> post(
            Source source, WebhookRequest request, Instant verifiedAt, @Nullable String query) {
        return switch (source.handshake()) {
            case SLACK ->
                body(request)
                        .filter(body -> "url_verification".equals(string(body, "type")))
                        .map(body -> HandshakeAnswer.ofText(string(body, "challenge")));
            case ZOOM ->
                body(request)
                        .filter(body -> "endpoint.url_validation".equals(string(body, "event")))
                        .map(body -> zoom(source, request, verifiedAt, body));
            case MS_GRAPH -> QueryString.first(query, VALIDATION_TOKEN).map(HandshakeAnswer::ofText);
            case DISCORD -> body(request).flatMap(Handshakes::discord);
            default -> Optional.empty();
        };
    }

    private static HandshakeAnswer zoom(Source source, WebhookRequest request, Instant verifiedAt, JsonObject body) {
        String plain = body.get("payload") instanceof JsonObject payload ? string(payload, "plainToken") : "";
        return HandshakeAnswer.ofJson(JSON.createObjectBuilder()
                .add("plainToken", plain)
                .add(
                        "encryptedToken",
                        HandshakeSignature.hex(thatVerified(source, request, verifiedAt), checked(plain)))
                .build());
    }

    /** Zoom takes no answer that another secret has signed, which during a rotation is there as well. */
    private static String thatVerified(Source source, WebhookRequest request, Instant verifiedAt) {
        return source.secrets().stream()
                .filter(secret -> secret.verifier().verify(request, verifiedAt))
                .map(SourceSecret::text)
                .findFirst()
                .orElseThrow(InboundException::invalidSignature);
    }

    private static String checked(String token) {
        if (!HandshakeSignature.isToken(token)) {
            throw InboundException.invalidHandshake();
        }
        return token;
    }

    /** A ping of interactions is answered in kind; one of webhook events has another number, and no answer. */
    private static Optional<HandshakeAnswer> discord(JsonObject body) {
        String type = String.valueOf(body.get("type"));
        if (type.equals("0")) {
            return Optional.of(HandshakeAnswer.empty());
        }
        return type.equals("1") && !body.containsKey("event")
                ? Optional.of(HandshakeAnswer.ofJson(
                        JSON.createObjectBuilder().add("type", 1).build()))
                : Optional.empty();
    }

    private static Optional<JsonObject> body(WebhookRequest request) {
        try {
            return StrictJson.parse(request.body()) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static String string(JsonObject object, String name) {
        return object.getString(name, "");
    }
}
