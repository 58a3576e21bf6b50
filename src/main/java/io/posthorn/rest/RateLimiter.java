package io.posthorn.rest;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.posthorn.config.RateLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Token buckets by key, on this node. */
public final class RateLimiter {

    /** Keys beyond these begin anew when they come back. */
    private static final int MAX_KEYS = 10_000;

    /** The least recently used first. */
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What became of a request.
     *
     * @param remaining how many more are admitted at once
     * @param delay until the next one is; zero if this one was
     */
    public record Take(boolean admitted, long remaining, Duration delay) {}

    public Take take(String key, RateLimit limit) {
        ConsumptionProbe probe = bucket(key, limit).tryConsumeAndReturnRemaining(1);
        return new Take(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill()));
    }

    private synchronized Bucket bucket(String key, RateLimit limit) {
        Bucket bucket = buckets.computeIfAbsent(
                key,
                unknown -> Bucket.builder()
                        .addLimit(bandwidth ->
                                bandwidth.capacity(limit.count()).refillGreedy(limit.count(), limit.period()))
                        .build());
        if (buckets.size() > MAX_KEYS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }
}
