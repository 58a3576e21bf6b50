package io.posthorn.json;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonException;
import jakarta.json.JsonPointer;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Follows JSON pointers (RFC 6901) into what a sender wrote. */
public final class JsonPointers {

    private JsonPointers() {}

    /** What a pointer leads to; empty where it leads nowhere. */
    public static Optional<JsonValue> find(JsonStructure json, String pointer) {
        try {
            JsonPointer path = JSON.createPointer(pointer);
            return path.containsValue(json) ? Optional.of(path.getValue(json)) : Optional.empty();
        } catch (JsonException | IndexOutOfBoundsException | NumberFormatException leadsNowhere) {
            return Optional.empty();
        }
    }
}
