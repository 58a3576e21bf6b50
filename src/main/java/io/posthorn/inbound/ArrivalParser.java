package io.posthorn.inbound;

import io.posthorn.json.StrictJson;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Handshake;
import io.posthorn.source.Source;
import io.posthorn.source.SourceRules;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads events out of a verified webhook. */
final class ArrivalParser {

    private ArrivalParser() {}

    /**
     * The events of a request that its source takes: mostly one, or those of a provider that sends several together.
     *
     * @throws InboundException 400 if the body is empty, or says that it is JSON and is not, or is a text that its source
     *     would sign in a handshake; 422 if it does not meet the
     *     schema of the source or of its type, unless it is not taken anyway; 413 if it has more events than are allowed
     */
    static List<Arrival> parse(Source source, WebhookRequest request, BatchLimits limits) {
        JsonValue payload = parseBody(request);
        // Anybody can have a bare text signed by a check of Twitter, and 12345 or true would be JSON.
        if (source.handshake() == Handshake.TWITTER && !(payload instanceof JsonObject)) {
            throw InboundException.invalidPayload();
        }
        JsonValue fields = fields(payload, request);
        Supplier<String> text = () -> payload == JsonValue.NULL ? formText(fields) : StrictJson.decode(request.body());
        List<String> items = payload instanceof JsonStructure ? source.batch().items(request.body()) : List.of();
        limits.check(items, request.headers());
        EventReader reader = new EventReader(source, request.headers());
        List<Arrival> taken = items.isEmpty()
                ? taken(reader.read(fields, request.body()), text).toList()
                : items.stream()
                        .flatMap(item -> taken(reader.readItem(item), () -> item))
                        .toList();
        if (!taken.isEmpty()
                && source.rules()
                        .schema()
                        .filter(schema -> !schema.accepts(text.get()))
                        .isPresent()) {
            throw InboundException.againstSchema();
        }
        return taken;
    }

    private static Stream<Arrival> taken(Arrival arrival, Supplier<String> json) {
        SourceRules rules = arrival.source().rules();
        if (!rules.takes(arrival.eventType())) {
            return Stream.empty();
        }
        if (!rules.accepts(arrival.eventType(), json)) {
            throw InboundException.againstSchema();
        }
        return Stream.of(arrival);
    }

    /**
     * What a schema is asked about.
     *
     * @throws InboundException 422 for a body that is neither JSON nor a form, which meets none
     */
    private static String formText(JsonValue fields) {
        if (fields == JsonValue.NULL) {
            throw InboundException.againstSchema();
        }
        return fields.toString();
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

    /** What pointers lead into. */
    private static JsonValue fields(JsonValue payload, WebhookRequest request) {
        return payload == JsonValue.NULL && FormFields.isForm(contentType(request))
                ? FormFields.of(request.body())
                : payload;
    }

    private static String contentType(WebhookRequest request) {
        return request.headers().first("Content-Type").orElse("application/json");
    }

    private static boolean claimsJson(WebhookRequest request) {
        String type = FormFields.mediaType(contentType(request));
        return type.isEmpty() || type.equals("application/json") || type.endsWith("+json");
    }
}
