package io.posthorn.source;

import io.posthorn.config.RateLimit;
import io.posthorn.config.Subnets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a source lets in.
 *
 * @param allowedIps empty for any address
 * @param rateLimit for each client address; empty for none
 * @param schema that bodies have to meet, whole requests
 * @param schemas that single events have to meet, by their types; {@code *} at the end of a type stands for any
 * @param eventTypes that are taken, {@code *} at the end standing for any; empty for all
 * @param maxBodySize in bytes; empty for that of all sources, which is held to before any source is known
 * @param contentTypes that are taken, in lower case and without parameters; empty for all
 */
public record SourceRules(
        Optional<Subnets> allowedIps,
        Optional<RateLimit> rateLimit,
        Optional<JsonSchema> schema,
        Map<String, JsonSchema> schemas,
        Set<String> eventTypes,
        Optional<Integer> maxBodySize,
        Set<String> contentTypes) {

    /** Whether a body of so many bytes is taken. */
    public boolean takesSize(int bytes) {
        return maxBodySize.filter(max -> bytes > max).isEmpty();
    }

    /** @param header as the sender wrote it; blank if it sent none */
    public boolean takesContentType(String header) {
        String type = header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return contentTypes.isEmpty() || contentTypes.contains(type);
    }

    /** Whether events of a type are taken; others are answered and forgotten. */
    public boolean takes(String eventType) {
        return eventTypes.isEmpty() || eventTypes.stream().anyMatch(pattern -> matches(pattern, eventType));
    }

    /** Whether an event, as JSON, meets every schema for its type. */
    public boolean accepts(String eventType, Supplier<String> json) {
        return schemas.entrySet().stream()
                .filter(schema -> matches(schema.getKey(), eventType))
                .allMatch(schema -> schema.getValue().accepts(json.get()));
    }

    /** Whether a type is the one that a pattern names or, with {@code *} at its end, begins like it. */
    public static boolean matches(String pattern, String eventType) {
        return pattern.endsWith("*")
                ? eventType.startsWith(pattern.substring(0, pattern.length() - 1))
                : eventType.equals(pattern);
    }
}
