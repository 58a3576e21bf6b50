package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonPointer;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Follows JSON pointers (RFC 6901) into what a sender wrote. */
final class JsonPaths {

    private JsonPaths() {}

    static Optional<JsonValue> find(String path, JsonStructure structure) {
        JsonPointer pointer = JSON.createPointer(path);
        try {
            return pointer.containsValue(structure) ? Optional.of(pointer.getValue(structure)) : Optional.empty();
        } catch (JsonException | IndexOutOfBoundsException | NumberFormatException leadsNowhere) {
            return Optional.empty();
        }
    }

    /** The text of a string or a number. */
    static Optional<String> text(String path, JsonValue payload) {
        return payload instanceof JsonStructure structure
                ? find(path, structure).flatMap(JsonPaths::text)
                : Optional.empty();
    }

    private static Optional<String> text(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> Optional.of(((JsonString) value).getString());
            case NUMBER -> Optional.of(value.toString());
            default -> Optional.empty();
        };
    }
}
