package io.posthorn.signature;

import io.posthorn.json.JsonPointers;
import io.posthorn.json.StrictJson;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks into a body that may be JSON, for the schemes that sign what stands in it. */
final class JsonText {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private JsonText() {}

    /** As strictly as the events are read later on: what is verified has to be what is taken. */
    static Optional<JsonStructure> parse(byte[] body) {
        try {
            return StrictJson.parse(body) instanceof JsonStructure structure
                    ? Optional.of(structure)
                    : Optional.empty();
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    /** Empty for {@code null} too. */
    static Optional<String> string(JsonStructure json, String pointer) {
        return JsonPointers.find(json, pointer)
                .filter(value -> value != JsonValue.NULL)
                .map(value -> value instanceof JsonString string ? string.getString() : value.toString());
    }

    /** The whole part of a number, which may be written as a text; empty for what is no number or none that is sensible. */
    static Optional<Long> number(JsonValue value) {
        return decimal(value)
                .filter(number -> number.precision() - number.scale() < Long.BYTES * 2)
                .map(Number::longValue);
    }

    private static Optional<BigDecimal> decimal(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return Optional.of(number.bigDecimalValue());
        }
        return value instanceof JsonString text
                        && DIGITS.matcher(text.getString()).matches()
                ? Optional.of(new BigDecimal(text.getString()))
                : Optional.empty();
    }

    static Optional<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }
}
