package io.posthorn.rest;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON values of what may be {@code null}. */
public final class NullableJson {

    private NullableJson() {}

    public static JsonValue of(@Nullable String text) {
        return text == null ? JsonValue.NULL : Json.createValue(text);
    }

    public static JsonValue of(@Nullable Integer number) {
        return number == null ? JsonValue.NULL : Json.createValue(number);
    }

    public static JsonValue of(@Nullable Set<String> texts) {
        return texts == null ? JsonValue.NULL : Json.createArrayBuilder(texts).build();
    }
}
