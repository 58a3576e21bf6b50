package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.posthorn.config.RateLimit;
import io.posthorn.config.Settings;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds each valid token to {@code posthorn.api.rate-limit}. Counts what this node answers. */
@ApplicationScoped
class ApiRateLimit {

    /** Tokens beyond these begin anew when they come back. */
    private static final int MAX_TOKENS = 10_000;

    @Inject
    Settings settings;

    /** The least recently used first. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** @throws ApiException 429 if the token has made too many requests */
    void take(String token) {
        settings.apiRateLimit().ifPresent(limit -> {
            ConsumptionProbe probe =
                    bucket(Sha256.hex(token.getBytes(UTF_8)), limit).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw ApiException.tooManyRequests(Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        });
    }

    private synchronized Bucket bucket(String hash, RateLimit limit) {
        Bucket bucket = buckets.computeIfAbsent(
                hash,
                key -> Bucket.builder()
                        .addLimit(bandwidth ->
                                bandwidth.capacity(limit.count()).refillGreedy(limit.count(), limit.period()))
                        .build());
        if (buckets.size() > MAX_TOKENS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }
}
