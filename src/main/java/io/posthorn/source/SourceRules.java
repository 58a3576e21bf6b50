package io.posthorn.source;

import com.networknt.schema.Schema;
import io.posthorn.config.RateLimit;
import io.posthorn.config.Subnets;
import java.util.Optional;
import java.util.Set;

/**
 * What a source lets in.
 *
 * @param allowedIps empty for any address
 * @param rateLimit for each client address; empty for none
 * @param schema that bodies have to meet
 * @param eventTypes that are taken, {@code *} at the end standing for any; empty for all
 */
public record SourceRules(
        Optional<Subnets> allowedIps, Optional<RateLimit> rateLimit, Optional<Schema> schema, Set<String> eventTypes) {

    static final SourceRules NONE = new SourceRules(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    /** Whether events of a type are taken; others are answered and forgotten. */
    public boolean takes(String eventType) {
        return eventTypes.isEmpty()
                || eventTypes.stream()
                        .anyMatch(pattern -> pattern.endsWith("*")
                                ? eventType.startsWith(pattern.substring(0, pattern.length() - 1))
                                : eventType.equals(pattern));
    }
}
