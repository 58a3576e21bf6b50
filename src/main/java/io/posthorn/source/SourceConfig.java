package io.posthorn.source;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.config.SourceSettings;
import io.posthorn.rest.ApiException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a source as clients write them: those of the configuration, but in camelCase and without the type. */
final class SourceConfig {

    private static final String SCHEMA = "schema";

    /** Has the schemas of single event types. */
    private static final String SCHEMAS = "schemas";

    /** Written and never read back. */
    private static final Set<String> SECRET = Set.of("secret", "verifyToken");

    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of(SCHEMAS, SvixNames.PUBLIC_KEY),
                    SourceSettings.KEYS.stream()
                            .filter(key -> !key.equals("type"))
                            .map(SourceConfig::camelCase))
            .collect(Collectors.toUnmodifiableSet());

    private SourceConfig() {}

    /** @throws ApiException 422 naming a member that is no setting, or cannot be one's value */
    static JsonObject checked(JsonObject config) {
        config.forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                throw ApiException.invalid(
                        name,
                        KNOWN.stream()
                                .sorted()
                                .collect(Collectors.joining(", ", "is no setting of a source, which are ", "")));
            }
            if (value != JsonValue.NULL && !isOf(name, value)) {
                throw ApiException.malformed(name, "must be " + allowed(name));
            }
        });
        return config;
    }

    private static boolean isOf(String name, JsonValue value) {
        return switch (name) {
            // A configuration may name a file with a schema; a client may not make the server read its files.
            case SCHEMA -> value instanceof JsonObject;
            case SCHEMAS -> isObjectOfObjects(value);
            default -> isText(value);
        };
    }

    private static String allowed(String name) {
        return switch (name) {
            case SCHEMA -> "an object";
            case SCHEMAS -> "an object with a schema for each event type";
            default -> "a text, a number or an array of texts";
        };
    }

    private static boolean isObjectOfObjects(JsonValue value) {
        return value instanceof JsonObject object && object.values().stream().allMatch(JsonObject.class::isInstance);
    }

    private static boolean isText(JsonValue value) {
        return value instanceof JsonString
                || value instanceof JsonNumber
                || value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance);
    }

    /** Each member that a change names is replaced whole, or removed by null; the others stay. */
    static JsonObject changed(JsonObject config, JsonObject changes) {
        JsonObjectBuilder changed = JSON.createObjectBuilder(config);
        changes.forEach((name, value) -> {
            if (value == JsonValue.NULL) {
                changed.remove(name);
            } else {
                changed.add(name, value);
            }
        });
        return changed.build();
    }

    /** What may be shown; nothing of another spelling, since that may be a secret as well. */
    static JsonObject readable(JsonObject config) {
        JsonObjectBuilder readable = JSON.createObjectBuilder();
        config.forEach((name, value) -> {
            if (KNOWN.contains(name) && !SECRET.contains(name)) {
                readable.add(name, value);
            }
        });
        return readable.build();
    }

    /** The same as in a configuration; of what was stored once, null is not given: as a text, it would be a secret. */
    static Map<String, String> settings(JsonObject config) {
        Map<String, String> settings = new TreeMap<>();
        config.forEach((name, value) -> {
            if (value instanceof JsonObject schemas && name.equals(SCHEMAS)) {
                schemas.forEach(
                        (type, schema) -> settings.put(SourceSettings.SCHEMA_OF_TYPE + type, schema.toString()));
            } else if (value != JsonValue.NULL && !name.startsWith(SourceSettings.SCHEMA_OF_TYPE)) {
                settings.put(dashed(name.equals(SvixNames.PUBLIC_KEY) ? SvixNames.SECRET : name), text(value));
            }
        });
        return settings;
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        return value instanceof JsonArray array
                ? array.stream().map(SourceConfig::text).collect(Collectors.joining(","))
                : value.toString();
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String camelCase(String dashed) {
        StringBuilder name = new StringBuilder();
        for (String word : dashed.split("-")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
