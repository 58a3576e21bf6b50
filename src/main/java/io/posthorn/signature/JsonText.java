package io.posthorn.signature;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.JsonDepth;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Optional;

/** Looks into a body that may be JSON, for the schemes that sign what stands in it. */
final class JsonText {

    private JsonText() {}

    static Optional<JsonStructure> parse(byte[] body) {
        String text = new String(body, UTF_8);
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return JsonDepth.isBounded(text) ? Optional.of(reader.read()) : Optional.empty();
        } catch (RuntimeException notJson) {
            // Numbers beyond the parser's limits surface as exceptions of several kinds.
            return Optional.empty();
        }
    }

    static Optional<JsonValue> find(JsonStructure json, String pointer) {
        try {
            return Optional.of(JSON.createPointer(pointer).getValue(json));
        } catch (JsonException | IndexOutOfBoundsException | NumberFormatException leadsNowhere) {
            return Optional.empty();
        }
    }

    static Optional<String> string(JsonStructure json, String pointer) {
        return find(json, pointer)
                .map(value -> value instanceof JsonString string ? string.getString() : value.toString());
    }

    static Optional<Long> number(byte[] body, String pointer) {
        return parse(body)
                .flatMap(json -> find(json, pointer))
                .filter(JsonNumber.class::isInstance)
                .map(value -> ((JsonNumber) value).bigDecimalValue())
                .filter(number -> number.precision() - number.scale() < Long.BYTES * 2)
                .map(Number::longValue);
    }

    static Optional<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }
}
