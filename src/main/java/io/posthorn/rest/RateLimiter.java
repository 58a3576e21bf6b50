package io.posthorn.rest;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.posthorn.config.RateLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Token buckets by key, on this node. */
public final class RateLimiter {

    /** Keys beyond these begin anew when they come back. */
    private static final int MAX_KEYS = 10_000;

    /** The least recently used first. With another limit a key has another bucket: the old one would keep to the old. */
    private final Map<Sender, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private final TimeMeter time;

    private record Sender(String key, RateLimit limit) {}

    public RateLimiter() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that nobody sets: by one that is set back, whoever waits would wait for as long */
    public RateLimiter(LongSupplier nanos) {
        this.time = new NanoTime(nanos);
    }

    /**
     * What became of a request.
     *
     * @param remaining how many more are admitted at once
     * @param delay until the next one is; zero if this one was
     * @param reset until as many are admitted at once as the limit says
     */
    public record Take(boolean admitted, long remaining, Duration delay, Duration reset) {}

    public Take take(String key, RateLimit limit) {
        ConsumptionProbe probe = bucket(new Sender(key, limit)).tryConsumeAndReturnRemaining(1);
        return new Take(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    private synchronized Bucket bucket(Sender sender) {
        Bucket bucket = buckets.computeIfAbsent(
                sender,
                unknown -> Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(bandwidth -> bandwidth
                                .capacity(sender.limit().count())
                                .refillGreedy(
                                        sender.limit().count(), sender.limit().period()))
                        .build());
        if (buckets.size() > MAX_KEYS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket;
    }

    private record NanoTime(LongSupplier nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
