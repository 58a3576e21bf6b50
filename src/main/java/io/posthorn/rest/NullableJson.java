package io.posthorn.rest;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON values of what may be {@code null}. */
public final class NullableJson {

    private NullableJson() {}

    public static JsonValue of(@Nullable String text) {
        return text == null ? JsonValue.NULL : JSON.createValue(text);
    }

    public static JsonValue of(@Nullable Integer number) {
        return number == null ? JsonValue.NULL : JSON.createValue(number);
    }

    public static JsonValue of(@Nullable Set<String> texts) {
        return texts == null ? JsonValue.NULL : JSON.createArrayBuilder(texts).build();
    }
}
