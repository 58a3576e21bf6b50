package io.posthorn.delivery;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what endpoints and applications are sent in a second to their throttle rates. Counts what this node sends: with
 * several nodes, each has the whole rate.
 */
final class Throttles {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The share of a second's deliveries that may leave at once, so that a second's worth is spread over it. */
    private static final int BURST_SHARE = 10;

    private record Throttle(int rate, Bucket bucket) {}

    private final TimeMeter time;
    private final Map<String, Throttle> throttles = new Remembered<>();
    private final Map<String, Long> heldUntil = new HashMap<>();

    Throttles() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    Throttles(TimeMeter time) {
        this.time = time;
    }

    /**
     * Whether a delivery may leave now; if not, its endpoint is held until it may.
     *
     * @param endpointRate deliveries a second; {@code null} for any number
     * @param applicationRate likewise
     */
    synchronized boolean tryTake(
            String endpointId,
            @Nullable Integer endpointRate,
            String applicationId,
            @Nullable Integer applicationRate) {
        Bucket ofEndpoint = bucket(endpointId, endpointRate);
        Bucket ofApplication = bucket(applicationId, applicationRate);
        long wait = Math.max(waitFor(ofEndpoint), waitFor(ofApplication));
        if (wait > 0) {
            heldUntil.put(endpointId, time.currentTimeNanos() + wait);
            return false;
        }
        take(ofEndpoint);
        take(ofApplication);
        return true;
    }

    synchronized Set<String> heldEndpoints() {
        long now = time.currentTimeNanos();
        heldUntil.values().removeIf(until -> until - now <= 0);
        return Set.copyOf(heldUntil.keySet());
    }

    /** How long until the first of the held endpoints may be sent to; empty where none is held. */
    synchronized Optional<Duration> untilNext() {
        long now = time.currentTimeNanos();
        return heldUntil.values().stream()
                .map(until -> Duration.ofNanos(Math.max(0, until - now)))
                .min(Duration::compareTo);
    }

    private @Nullable Bucket bucket(String id, @Nullable Integer rate) {
        if (rate == null) {
            throttles.remove(id);
            return null;
        }
        Throttle known = throttles.get(id);
        if (known == null || known.rate() != rate) {
            known = new Throttle(rate, newBucket(rate));
            throttles.put(id, known);
        }
        return known.bucket();
    }

    private Bucket newBucket(int rate) {
        long burst = Math.max(1, rate / BURST_SHARE);
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, SECOND))
                .build();
    }

    private static long waitFor(@Nullable Bucket bucket) {
        return bucket == null ? 0 : bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    }

    private static void take(@Nullable Bucket bucket) {
        if (bucket != null) {
            bucket.tryConsume(1);
        }
    }
}
