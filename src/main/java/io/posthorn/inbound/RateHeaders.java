package io.posthorn.inbound;

import io.posthorn.config.RateLimit;
import io.posthorn.rest.RateLimiter;
import io.posthorn.rest.WaitSeconds;
import java.util.Map;

/** What a sender is told of its rate: the {@code RateLimit-*} headers of draft-ietf-httpapi-ratelimit-headers-06. */
final class RateHeaders {

    private RateHeaders() {}

    static Map<String, String> admitted(RateLimit limit, RateLimiter.Take take) {
        return of(limit, take.remaining(), WaitSeconds.of(take.reset()));
    }

    static Map<String, String> refused(RateLimit limit, RateLimiter.Take take) {
        return of(limit, 0, WaitSeconds.of(take.delay()));
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
