package io.posthorn.inbound;

import io.posthorn.rest.StrictJson;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonPointer;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** Reads id, type and time out of a verified webhook. */
final class ArrivalParser {

    private static final String UNKNOWN_TYPE = "unknown";
    private static final int MAX_LENGTH = 256;
    private static final JsonPointer TIMESTAMP = Json.createPointer("/timestamp");

    private ArrivalParser() {}

    /** @throws InboundException 400 if the body is empty, or says that it is JSON and is not */
    static Arrival parse(Source source, WebhookRequest request) {
        JsonValue payload = parseBody(request);
        Optional<String> id = source.verifier()
                .deliveryId(request)
                .filter(ArrivalParser::isStorable)
                .or(() -> text(source.idPointer(), payload).filter(ArrivalParser::isStorable));
        Optional<String> type = text(source.typePointer(), payload);
        if (type.isPresent() && !isStorable(type.get())) {
            throw InboundException.invalidPayload();
        }
        return new Arrival(
                source,
                request,
                id,
                type.orElse(UNKNOWN_TYPE),
                text(TIMESTAMP, payload).flatMap(ArrivalParser::time));
    }

    /** {@link JsonValue#NULL} for a body that is not JSON. */
    private static JsonValue parseBody(WebhookRequest request) {
        if (request.body().length == 0) {
            throw InboundException.invalidPayload();
        }
        try {
            return StrictJson.parse(request.body());
        } catch (JsonException e) {
            // Senders mislabel JSON as a form or as text, so any label is tried; but only JSON must be well-formed.
            if (claimsJson(request)) {
                throw InboundException.invalidPayload();
            }
            return JsonValue.NULL;
        }
    }

    private static boolean claimsJson(WebhookRequest request) {
        String type = request.headers()
                .first("Content-Type")
                .orElse("application/json")
                .split(";", 2)[0]
                .trim()
                .toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("application/json") || type.endsWith("+json");
    }

    private static Optional<String> text(JsonPointer pointer, JsonValue payload) {
        if (!(payload instanceof JsonStructure structure)) {
            return Optional.empty();
        }
        return find(pointer, structure).flatMap(value -> switch (value.getValueType()) {
            case STRING -> Optional.of(((JsonString) value).getString());
            case NUMBER -> Optional.of(value.toString());
            default -> Optional.empty();
        });
    }

    private static Optional<JsonValue> find(JsonPointer pointer, JsonStructure structure) {
        try {
            return pointer.containsValue(structure) ? Optional.of(pointer.getValue(structure)) : Optional.empty();
        } catch (JsonException | IndexOutOfBoundsException | NumberFormatException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** PostgreSQL cannot store NUL, and nobody needs an id of a kilobyte. */
    private static boolean isStorable(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }

    private static Optional<OffsetDateTime> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
