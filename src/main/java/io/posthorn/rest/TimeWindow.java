package io.posthorn.rest;

import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * The time that a list of messages or attempts speaks of: as the client says, else a little ahead and 90 days back.
 *
 * @param after inclusive
 * @param before exclusive
 */
public record TimeWindow(OffsetDateTime after, OffsetDateTime before) {

    /** Clocks of nodes differ. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private static final Duration LOOK_BACK = Duration.ofDays(90);

    /**
     * Reads {@code after} and {@code before}.
     *
     * @throws ApiException 400 if either is no date and time of RFC 3339
     */
    public static TimeWindow of(UriInfo uri, OffsetDateTime now) {
        return of(
                QueryParameters.parse(uri, "after", Timestamps::parse),
                QueryParameters.parse(uri, "before", Timestamps::parse),
                now);
    }

    static TimeWindow of(Optional<OffsetDateTime> after, Optional<OffsetDateTime> before, OffsetDateTime now) {
        OffsetDateTime end = before.orElse(now.plus(AHEAD));
        OffsetDateTime lookBackFrom = before.filter(now::isAfter).orElse(now);
        return new TimeWindow(after.orElse(lookBackFrom.minus(LOOK_BACK)), end);
    }

    /** A JPQL condition for the attribute, with which {@link #parameters} go. */
    public String condition(String attribute) {
        return attribute + " >= :after AND " + attribute + " < :before";
    }

    public Map<String, Object> parameters() {
        return Map.of("after", after, "before", before);
    }
}
