package io.posthorn.delivery;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.Timestamps;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * The time that statistics speak of: at most 28 days, the last ones unless the client says otherwise.
 *
 * @param since inclusive
 * @param until exclusive
 */
record StatisticsRange(OffsetDateTime since, OffsetDateTime until) {

    private static final Duration DEFAULT = Duration.ofDays(28);

    /** People ask for "28 days ago", by a clock that is not quite ours. */
    private static final Duration MAX = DEFAULT.plusMinutes(5);

    /** @throws ApiException 400 if it is too long, or in the future */
    static StatisticsRange of(UriInfo uri, String sinceName, String untilName, OffsetDateTime now) {
        OffsetDateTime until =
                QueryParameters.parse(uri, untilName, Timestamps::parse).orElse(now);
        if (until.isAfter(now)) {
            throw invalid("'" + untilName + "' must not be in the future");
        }
        OffsetDateTime since =
                QueryParameters.parse(uri, sinceName, Timestamps::parse).orElse(until.minus(DEFAULT));
        if (since.isBefore(until.minus(MAX))) {
            throw invalid("'" + sinceName + "' must be at most 28 days before '" + untilName + "'");
        }
        return new StatisticsRange(since, until);
    }

    private static ApiException invalid(String detail) {
        return ApiException.badRequest("invalid_range", detail);
    }
}
