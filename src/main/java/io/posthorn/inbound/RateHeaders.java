package io.posthorn.inbound;

import io.posthorn.config.RateLimit;
import io.posthorn.rest.RateLimiter;
import java.time.Duration;
import java.util.Map;

/** What a sender is told of its rate: the {@code RateLimit-*} headers of draft-ietf-httpapi-ratelimit-headers-06. */
final class RateHeaders {

    /** Seconds are rounded up. */
    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    private RateHeaders() {}

    static Map<String, String> admitted(RateLimit limit, RateLimiter.Take take) {
        return of(limit, take.remaining(), seconds(take.reset()));
    }

    static Map<String, String> refused(RateLimit limit, RateLimiter.Take take) {
        return of(limit, 0, seconds(take.delay()));
    }

    static String seconds(Duration wait) {
        return Long.toString(wait.plus(ALMOST_A_SECOND).toSeconds());
    }

    private static Map<String, String> of(RateLimit limit, long remaining, String reset) {
        return Map.of(
                "RateLimit-Limit",
                Integer.toString(limit.count()),
                "RateLimit-Remaining",
                Long.toString(remaining),
                "RateLimit-Reset",
                reset);
    }
}
