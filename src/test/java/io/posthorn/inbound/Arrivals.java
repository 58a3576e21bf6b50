package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A webhook of a generic source, told piece by piece. Its signature has been verified, so it carries none. */
final class Arrivals {

    private final Map<String, String> headers = new TreeMap<>();
    private Optional<String> name = Optional.empty();
    private byte[] body = "{}".getBytes(UTF_8);
    private String idPointer = "/id";
    private String typePointer = "/type";
    private final Map<String, String> rules = new TreeMap<>();

    private Arrivals() {}

    static Arrivals webhook(String body) {
        return new Arrivals().body(body.getBytes(UTF_8));
    }

    static Arrivals webhook(byte[] body) {
        return new Arrivals().body(body);
    }

    Arrivals header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Arrivals idAt(String pointer) {
        idPointer = pointer;
        return this;
    }

    Arrivals typeAt(String pointer) {
        typePointer = pointer;
        return this;
    }

    Arrivals inOrderOf(String order) {
        rules.put("order", order);
        return this;
    }

    /** By an operation, and perhaps not always. */
    Arrivals called(String sourceName) {
        name = Optional.of(sourceName);
        return this;
    }

    /** @param key of the setting that has it */
    Arrivals schema(String key, String schema) {
        rules.put(key, schema);
        return this;
    }

    Arrivals taking(String eventTypes) {
        rules.put("event-types", eventTypes);
        return this;
    }

    Arrival parsed() {
        return all().get(0);
    }

    List<Arrival> all() {
        Map<String, String> settings = new TreeMap<>(rules);
        settings.putAll(
                Map.of("type", "generic", "secret", "s3cret", "id-pointer", idPointer, "type-pointer", typePointer));
        Source source =
                name.map(called -> SourceOf.stored(called, settings)).orElseGet(() -> SourceOf.settings(settings));
        return parse(source, new WebhookRequest(RequestHeaders.ofSingleValues(headers), body));
    }

    /** With the limits that an installation has if it does not say otherwise. */
    static List<Arrival> parse(Source source, WebhookRequest request) {
        return ArrivalParser.parse(source, request, new BatchLimits(10_000, 16 * 1_048_576));
    }

    private Arrivals body(byte[] bytes) {
        body = bytes;
        return this;
    }
}
