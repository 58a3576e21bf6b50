package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Settings;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.CommonRateLimiter;
import io.posthorn.rest.RateLimiter;
import io.posthorn.rest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Holds each valid token to {@code posthorn.api.rate-limit}, on all nodes together. */
@ApplicationScoped
class ApiRateLimit {

    @Inject
    Settings settings;

    @Inject
    CommonRateLimiter limiter;

    /** @throws ApiException 429 if the token has made too many requests */
    void take(String token) {
        settings.api().rateLimit().ifPresent(limit -> {
            RateLimiter.Take take = limiter.take("token " + Sha256.hex(token.getBytes(UTF_8)), limit);
            if (!take.admitted()) {
                throw ApiException.tooManyRequests(take.delay());
            }
        });
    }
}
