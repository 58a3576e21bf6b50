package io.posthorn.persistence;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonReader;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps a map of strings as a JSON object. */
@Converter
public class StringMapConverter implements AttributeConverter<Map<String, String>, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable Map<String, String> values) {
        return values == null
                ? null
                : JSON.createObjectBuilder(Map.copyOf(values)).build().toString();
    }

    @Override
    public @Nullable Map<String, String> convertToEntityAttribute(@Nullable String json) {
        if (json == null) {
            return null;
        }
        Map<String, String> values = new TreeMap<>();
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            var object = reader.readObject();
            object.keySet().forEach(key -> values.put(key, object.getString(key)));
        }
        return Map.copyOf(values);
    }
}
