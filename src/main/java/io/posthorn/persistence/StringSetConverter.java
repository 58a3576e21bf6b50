package io.posthorn.persistence;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a set of strings as a JSON array; {@code null}, which means "all" in filters, stays {@code null}. */
@Converter
public class StringSetConverter implements AttributeConverter<Set<String>, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Set<String> values) {
        return values == null ? null : JSON.createArrayBuilder(values).build().toString();
    }

    @Override
    public @Nullable Set<String> convertToEntityAttribute(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return Collections.unmodifiableSet(
                    new LinkedHashSet<>(reader.readArray().getValuesAs(JsonString::getString)));
        }
    }
}
