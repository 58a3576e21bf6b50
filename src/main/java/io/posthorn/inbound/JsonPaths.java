package io.posthorn.inbound;

import io.posthorn.json.JsonPointers;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Reads what JSON pointers lead to in what a sender wrote. */
final class JsonPaths {

    private JsonPaths() {}

    /** The text of a string or a number. */
    static Optional<String> text(String pointer, JsonValue payload) {
        return payload instanceof JsonStructure structure
                ? JsonPointers.find(structure, pointer).flatMap(JsonPaths::text)
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
