package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.StrictJson;
import io.posthorn.rest.JsonResponse;
import io.posthorn.signature.HandshakeSignature;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Handshake;
import io.posthorn.source.Source;
import io.posthorn.source.SourceSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.util.Optional;

/** Answers what providers ask to make sure that an address is their customer's; nothing of it is stored. */
@ApplicationScoped
class Handshakes {

    private static final String VALIDATION_TOKEN = "validationToken";

    /** Whether a POST is a handshake that its provider does not sign. */
    boolean isUnsigned(Source source, HttpServletRequest request) {
        return source.handshake() == Handshake.MS_GRAPH
                && query(request, VALIDATION_TOKEN).isPresent();
    }

    /**
     * Answers a GET.
     *
     * @throws NotAllowedException if the provider makes no handshake in this way
     */
    Response get(Source source, HttpServletRequest request) {
        Optional<Response> answer =
                switch (source.handshake()) {
                    case META -> query(request, "hub.challenge").map(challenge -> meta(source, request, challenge));
                    case TWITTER -> query(request, "crc_token").map(token -> twitter(source, token));
                    default -> Optional.empty();
                };
        return answer.orElseThrow(() -> new NotAllowedException("POST"));
    }

    private static Response meta(Source source, HttpServletRequest request, String challenge) {
        byte[] expected = source.verifyToken().orElseGet(() -> first(source)).getBytes(UTF_8);
        boolean subscribes =
                query(request, "hub.mode").filter("subscribe"::equals).isPresent();
        byte[] given = query(request, "hub.verify_token").orElse("").getBytes(UTF_8);
        if (!subscribes || !MessageDigest.isEqual(expected, given)) {
            throw InboundException.forbiddenHandshake();
        }
        return text(challenge);
    }

    private static Response twitter(Source source, String token) {
        return json("response_token", HandshakeSignature.crc(first(source), checked(token)));
    }

    /** Where nothing shows which secret the provider has; a list of them begins with the one that is in use. */
    private static String first(Source source) {
        return source.secrets().get(0).text();
    }

    /** Answers a POST that is a handshake; empty if it is a webhook. */
    Optional<Response> post(VerifiedWebhook webhook, HttpServletRequest http) {
        Source source = webhook.source();
        WebhookRequest request = webhook.request();
        return switch (source.handshake()) {
            case SLACK ->
                body(request)
                        .filter(body -> "url_verification".equals(string(body, "type")))
                        .map(body -> text(string(body, "challenge")));
            case ZOOM ->
                body(request)
                        .filter(body -> "endpoint.url_validation".equals(string(body, "event")))
                        .map(body -> zoom(webhook, body));
            case MS_GRAPH -> query(http, VALIDATION_TOKEN).map(Handshakes::text);
            case DISCORD -> body(request).flatMap(Handshakes::discord);
            default -> Optional.empty();
        };
    }

    private static Response zoom(VerifiedWebhook webhook, JsonObject body) {
        String plain = body.get("payload") instanceof JsonObject payload ? string(payload, "plainToken") : "";
        return JsonResponse.of(
                200,
                JSON.createObjectBuilder()
                        .add("plainToken", plain)
                        .add("encryptedToken", HandshakeSignature.hex(thatVerified(webhook), checked(plain)))
                        .build());
    }

    /** Zoom takes no answer that another secret has signed, which during a rotation is there as well. */
    private static String thatVerified(VerifiedWebhook webhook) {
        return webhook.source().secrets().stream()
                .filter(secret -> secret.verifier().verify(webhook.request(), webhook.verifiedAt()))
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
    private static Optional<Response> discord(JsonObject body) {
        String type = String.valueOf(body.get("type"));
        if (type.equals("0")) {
            return Optional.of(Response.noContent().build());
        }
        return type.equals("1") && !body.containsKey("event")
                ? Optional.of(JsonResponse.of(
                        200, JSON.createObjectBuilder().add("type", 1).build()))
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

    /** Of the query alone: a look into a form would take its bytes away. */
    private static Optional<String> query(HttpServletRequest request, String name) {
        return QueryString.first(request.getQueryString(), name);
    }

    private static Response text(String text) {
        return Response.ok(text.getBytes(UTF_8), MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .build();
    }

    private static Response json(String name, String value) {
        return JsonResponse.of(200, JSON.createObjectBuilder().add(name, value).build());
    }
}
