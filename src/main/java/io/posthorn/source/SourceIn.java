package io.posthorn.source;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a source.
 *
 * @param config the settings of the type, as in the configuration but in camelCase
 */
record SourceIn(String name, @Nullable String uid, String type, JsonObject config, Map<String, String> metadata) {

    /** The setting that has the schemas of single event types. */
    static final String SCHEMAS = "schemas";

    private static final int MIN_NAME = 2;
    private static final int MAX_NAME = 256;
    private static final Pattern UID = Pattern.compile("[a-zA-Z0-9_-]{1,60}");

    static SourceIn of(JsonFields fields) {
        return new SourceIn(
                name(fields),
                uid(fields),
                fields.requiredString("type"),
                config(fields).orElse(JsonValue.EMPTY_JSON_OBJECT),
                fields.strings("metadata"));
    }

    /** This with those fields changed that are there; secrets that are not said anew stay. */
    SourceIn patched(JsonFields fields) {
        return new SourceIn(
                fields.has("name") ? name(fields) : name,
                fields.has("uid") ? uid(fields) : uid,
                fields.optionalString("type").orElse(type),
                config(fields).orElse(config),
                fields.has("metadata") ? fields.strings("metadata") : metadata);
    }

    /** A configuration may name a file with a schema; a client may not make the server read its files. */
    private static Optional<JsonObject> config(JsonFields fields) {
        return fields.optionalObject("config").map(config -> {
            if (config.containsKey("schema") && !(config.get("schema") instanceof JsonObject)) {
                throw ApiException.invalid("config", "schema must be an object");
            }
            if (config.containsKey(SCHEMAS) && !isObjectOfObjects(config.get(SCHEMAS))) {
                throw ApiException.invalid("config", "schemas must be an object with a schema for each event type");
            }
            return config;
        });
    }

    private static boolean isObjectOfObjects(JsonValue value) {
        return value instanceof JsonObject object && object.values().stream().allMatch(JsonObject.class::isInstance);
    }

    private static String name(JsonFields fields) {
        String name = fields.requiredString("name");
        if (name.length() < MIN_NAME || name.length() > MAX_NAME) {
            throw ApiException.invalid("name", "must have " + MIN_NAME + " to " + MAX_NAME + " characters");
        }
        return name;
    }

    private static @Nullable String uid(JsonFields fields) {
        return fields.optionalString("uid")
                .map(uid -> {
                    if (!UID.matcher(uid).matches() || uid.startsWith(StoredSource.ID_PREFIX)) {
                        throw ApiException.invalid(
                                "uid", "must be 1 to 60 letters, digits, - or _, and not begin with src_");
                    }
                    return uid;
                })
                .orElse(null);
    }
}
