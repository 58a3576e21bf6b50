package io.posthorn.rest;

import io.posthorn.json.JsonParts;
import io.posthorn.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's JSON object, each read as the type it must have. Every method throws the 422
 * {@link ApiException} that names the field.
 */
public final class JsonFields {

    private final String text;
    private final JsonObject object;

    private JsonFields(String text, JsonObject object) {
        this.text = text;
        this.object = object;
    }

    /** @param body of any content type; {@code null} where the request has none */
    public static JsonFields parse(@Nullable RequestBody body) {
        try {
            String text = StrictJson.decode(body == null ? new byte[0] : body.bytes());
            if (StrictJson.parse(text) instanceof JsonObject object) {
                return new JsonFields(text, object);
            }
        } catch (JsonException e) {
            throw ApiException.malformed("", "not a well-formed JSON object");
        }
        throw ApiException.malformed("", "expected a JSON object");
    }

    /**
     * The same where some fields have values that are handed on as they are, so that keys may be repeated in those.
     *
     * @param handedOn the names of these fields
     */
    public static JsonFields parse(@Nullable RequestBody body, Set<String> handedOn) {
        try {
            return parse(body);
        } catch (ApiException strict) {
            // Hardly any body comes here.
            return parseBeside(body, handedOn).orElseThrow(() -> strict);
        }
    }

    private static Optional<JsonFields> parseBeside(@Nullable RequestBody body, Set<String> handedOn) {
        try {
            String text = StrictJson.decode(body == null ? new byte[0] : body.bytes());
            if (!(StrictJson.parseWithRepeatedKeys(text) instanceof JsonObject object)) {
                return Optional.empty();
            }
            List<JsonParts.Member> members = JsonParts.members(text);
            members.stream()
                    .filter(member -> !handedOn.contains(member.name()))
                    .forEach(member -> StrictJson.parse(member.value()));
            return Optional.of(new JsonFields(text, object)).filter(fields -> members.size() == object.size());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /** All of them. */
    public JsonObject object() {
        return object;
    }

    /** Whether the field is there, if only as null. */
    public boolean has(String name) {
        return object.containsKey(name);
    }

    public String requiredString(String name) {
        return optionalString(name).orElseThrow(() -> missing(name));
    }

    public Optional<String> optionalString(String name) {
        return present(name).map(value -> switch (value.getValueType()) {
            case STRING -> storable(name, ((JsonString) value).getString());
            default -> throw ApiException.malformed(name, "expected a string");
        });
    }

    /** A field that may be absent, but not null. */
    public String string(String name, String whenAbsent) {
        return has(name) ? requiredString(name) : whenAbsent;
    }

    public Optional<Integer> optionalInt(String name) {
        return present(name).map(value -> {
            try {
                return ((JsonNumber) value).bigIntegerValueExact().intValueExact();
            } catch (ClassCastException | ArithmeticException | UnsupportedOperationException e) {
                throw ApiException.malformed(name, "expected a whole number");
            }
        });
    }

    public int requiredInt(String name) {
        return optionalInt(name).orElseThrow(() -> missing(name));
    }

    /** A field that may be absent, but not null. */
    public boolean bool(String name, boolean whenAbsent) {
        if (!has(name)) {
            return whenAbsent;
        }
        return present(name)
                .map(value -> switch (value.getValueType()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    default -> throw ApiException.malformed(name, "expected true or false");
                })
                .orElseThrow(() -> missing(name));
    }

    /** A date and time of RFC 3339. */
    public Optional<OffsetDateTime> optionalTime(String name) {
        return optionalString(name).map(text -> {
            try {
                return Timestamps.parse(text);
            } catch (DateTimeException e) {
                throw ApiException.malformed(name, "expected a date and time of RFC 3339");
            }
        });
    }

    /** A date and time of RFC 3339. */
    public OffsetDateTime requiredTime(String name) {
        return optionalTime(name).orElseThrow(() -> missing(name));
    }

    /** What a rule makes of a field; 422 if it throws an {@link IllegalArgumentException}. */
    public <T> T checked(String name, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            throw ApiException.malformed(name, String.valueOf(e.getMessage()));
        }
    }

    /** A set of strings in the order given. */
    public Optional<Set<String>> optionalStrings(String name) {
        return present(name).map(value -> {
            if (value.getValueType() != JsonValue.ValueType.ARRAY) {
                throw ApiException.malformed(name, "expected an array of strings");
            }
            Set<String> strings = new LinkedHashSet<>();
            for (JsonValue element : value.asJsonArray()) {
                if (!(element instanceof JsonString string)) {
                    throw ApiException.malformed(name, "expected an array of strings");
                }
                strings.add(storable(name, string.getString()));
            }
            return Collections.unmodifiableSet(strings);
        });
    }

    /** Numbers in the order given. */
    public List<BigDecimal> requiredNumbers(String name) {
        if (present(name).orElseThrow(() -> missing(name)) instanceof JsonArray array
                && array.stream().allMatch(JsonNumber.class::isInstance)) {
            return array.getValuesAs(JsonNumber::bigDecimalValue);
        }
        throw ApiException.malformed(name, "expected an array of numbers");
    }

    /** An object whose values are all strings; empty where it is absent. */
    public Map<String, String> strings(String name) {
        Map<String, String> strings = new TreeMap<>();
        optionalObject(name)
                .ifPresent(members -> members.forEach((key, value) -> {
                    if (!(value instanceof JsonString string)) {
                        throw ApiException.malformed(name, "expected an object whose values are strings");
                    }
                    strings.put(storable(name, key), storable(name, string.getString()));
                }));
        return Map.copyOf(strings);
    }

    /** An object whose values are strings or null; empty where it is absent. */
    public Map<String, Optional<String>> nullableStrings(String name) {
        Map<String, Optional<String>> strings = new TreeMap<>();
        optionalObject(name)
                .ifPresent(members -> members.forEach((key, value) -> {
                    if (value instanceof JsonString string) {
                        strings.put(storable(name, key), Optional.of(storable(name, string.getString())));
                    } else if (value == JsonValue.NULL) {
                        strings.put(storable(name, key), Optional.empty());
                    } else {
                        throw ApiException.malformed(name, "expected an object whose values are strings or null");
                    }
                }));
        return strings;
    }

    /** An object whose text can be stored. */
    public Optional<JsonObject> optionalObject(String name) {
        return object(name).map(object -> {
            storable(name, object.toString());
            return object;
        });
    }

    private Optional<JsonObject> object(String name) {
        return present(name).map(value -> {
            if (value.getValueType() != JsonValue.ValueType.OBJECT) {
                throw ApiException.malformed(name, "expected an object");
            }
            return value.asJsonObject();
        });
    }

    /**
     * Reads an object within this one.
     *
     * @param reader may throw an {@link ApiException}, which is made to say that its field lies within
     */
    public <T> Optional<T> nested(String name, Function<JsonFields, T> reader) {
        return optionalObject(name).map(nested -> {
            try {
                return reader.apply(new JsonFields(JsonParts.value(text, name).orElseThrow(), nested));
            } catch (ApiException e) {
                throw e.within(name);
            }
        });
    }

    /** The text of a value, whatever it is, exactly as the client wrote it. */
    public String requiredRaw(String name) {
        if (!has(name)) {
            throw missing(name);
        }
        return JsonParts.value(text, name).orElseThrow();
    }

    /** The text of an object exactly as the client wrote it. */
    public String requiredRawObject(String name) {
        return object(name).flatMap(object -> JsonParts.value(text, name)).orElseThrow(() -> missing(name));
    }

    /** The field if it is there and not null. */
    private Optional<JsonValue> present(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> value != JsonValue.NULL);
    }

    private static String storable(String name, String text) {
        if (!StorableText.is(text)) {
            throw ApiException.malformed(name, "has a NUL or half of a surrogate pair");
        }
        return text;
    }

    private static ApiException missing(String name) {
        return ApiException.malformed(name, "this field is required");
    }
}
