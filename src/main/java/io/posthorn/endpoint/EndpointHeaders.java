package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The headers that an endpoint wants with each of its requests. Names keep the case that they were given in, and are the
 * same name in any.
 */
final class EndpointHeaders {

    private static final String FIELD = "headers";
    private static final int MAX_HEADERS = 100;
    private static final int MAX_VALUE_BYTES = 4_096;

    /** A token, as RFC 9110, section 5.6.2, has it. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    /** Latin-1 without control characters but the tab, so that no line break can begin another header. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\xA0-\\xFF]*");

    private static final Set<String> SENSITIVE =
            Set.of("authorization", "x-auth-token", "x-api-key", "www-authenticate");

    private static final Set<String> RESERVED = Set.of(
            "age",
            "cache-control",
            "clear-site-data",
            "connection",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-type",
            "expires",
            "host",
            "keep-alive",
            "pragma",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailers",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "warning");

    private static final Set<String> RESERVED_PREFIXES = Set.of(
            "svix-",
            "webhook-",
            "x-amz-",
            "x-amzn-",
            "x-azure-",
            "x-fd-",
            "x-gfe",
            "x-goog-",
            "x-google",
            "x-posthorn-",
            "x-svix-",
            "x-webhook-");

    private EndpointHeaders() {}

    /** Reads the field {@code headers}; none where it is absent. */
    static Map<String, String> of(JsonFields fields) {
        return merged(Map.of(), nullable(fields));
    }

    /** @throws ApiException 422 if the field {@code headers} is absent */
    static Map<String, String> required(JsonFields fields) {
        fields.requiredRawObject(FIELD);
        return of(fields);
    }

    /** The old headers with those changed that the field {@code headers} names; a null removes one. */
    static Map<String, String> patched(Map<String, String> old, JsonFields fields) {
        fields.requiredRawObject(FIELD);
        return merged(old, fields.nullableStrings(FIELD));
    }

    private static Map<String, Optional<String>> nullable(JsonFields fields) {
        Map<String, Optional<String>> headers = new TreeMap<>();
        fields.strings(FIELD).forEach((name, value) -> headers.put(name, Optional.of(value)));
        return headers;
    }

    private static Map<String, String> merged(Map<String, String> old, Map<String, Optional<String>> changes) {
        Map<String, String> merged = new TreeMap<>(Comparator.comparing(name -> name.toLowerCase(Locale.ROOT)));
        merged.putAll(old);
        changes.forEach((name, value) -> {
            checkName(name);
            // A name in another case takes the place of the one before.
            merged.remove(name);
            value.ifPresent(text -> merged.put(name, checkValue(name, text)));
        });
        if (merged.size() > MAX_HEADERS) {
            throw ApiException.invalid(FIELD, "must be at most " + MAX_HEADERS);
        }
        return Map.copyOf(merged);
    }

    private static void checkName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalid(FIELD, "not the name of a header: " + name);
        }
        if (RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
            throw ApiException.invalid(FIELD, "this header is not yours to set: " + name);
        }
    }

    private static String checkValue(String name, String value) {
        if (value.length() > MAX_VALUE_BYTES || !VALUE.matcher(value).matches()) {
            throw ApiException.invalid(
                    FIELD,
                    "the value of " + name + " must be at most " + MAX_VALUE_BYTES
                            + " letters of Latin-1, without line breaks");
        }
        return value;
    }

    /** {@code {"headers","sensitive"}}: of those that may hold a secret, the names alone. */
    static JsonObject toJson(Map<String, String> headers) {
        JsonObjectBuilder shown = JSON.createObjectBuilder();
        JsonArrayBuilder sensitive = JSON.createArrayBuilder();
        sorted(headers).forEach(header -> {
            if (SENSITIVE.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                sensitive.add(header.getKey());
            } else {
                shown.add(header.getKey(), header.getValue());
            }
        });
        return JSON.createObjectBuilder()
                .add("headers", shown)
                .add("sensitive", sensitive)
                .build();
    }

    private static Stream<Map.Entry<String, String>> sorted(Map<String, String> headers) {
        return headers.entrySet().stream().sorted(Map.Entry.comparingByKey());
    }
}
