package io.posthorn.delivery;

import io.posthorn.work.Remembered;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Knows which endpoints keep failing, by what this node saw of them. The circuit of such an endpoint is open: a single
 * delivery probes it, and after a probe that failed nothing more does for a pause. One success closes it.
 */
final class Circuits {

    /** So many failures in a row open it. */
    static final int FAILURES_TO_OPEN = 10;

    /** Endpoints; one that is forgotten counts as one that never failed. */
    private static final int MAX_REMEMBERED = 10_000;

    private final Duration pause;
    private final LongSupplier nanos;
    private final Map<String, Integer> failures = new Remembered<>(MAX_REMEMBERED);
    private final Map<String, Long> pausedUntil = new Remembered<>(MAX_REMEMBERED);
    private final Set<String> waiting = new HashSet<>();

    /**
     * @param pause zero for none
     * @param nanos a clock that nobody sets
     */
    Circuits(Duration pause, LongSupplier nanos) {
        this.pause = pause;
        this.nanos = nanos;
    }

    synchronized void succeeded(String endpointId) {
        failures.remove(endpointId);
        pausedUntil.remove(endpointId);
    }

    /**
     * No pause follows the failure that opens it: to an endpoint that refuses one in a hundred, the next delivery succeeds and
     * nothing has been lost.
     *
     * @param overload whether the endpoint said, or showed, that it has too much to do: that opens it at once
     */
    synchronized void failed(String endpointId, boolean overload) {
        if (isOpen(endpointId)) {
            pausedUntil.put(endpointId, nanos.getAsLong() + pause.toNanos());
        }
        failures.merge(endpointId, overload ? FAILURES_TO_OPEN : 1, (a, b) -> Math.min(a + b, FAILURES_TO_OPEN));
    }

    synchronized boolean isOpen(String endpointId) {
        return failures.getOrDefault(endpointId, 0) >= FAILURES_TO_OPEN;
    }

    /** Whether nothing may be sent to an endpoint at this moment. */
    synchronized boolean isPaused(String endpointId) {
        Long until = pausedUntil.get(endpointId);
        return until != null && until - nanos.getAsLong() > 0;
    }

    /** Notes that something is due for an endpoint in a pause; true if that was not known. */
    synchronized boolean letWait(String endpointId) {
        return waiting.add(endpointId);
    }

    /** The endpoints in a pause that something waits for. */
    synchronized Set<String> waiting() {
        waiting.removeIf(endpointId -> !isPaused(endpointId));
        return Set.copyOf(waiting);
    }

    /** How long until the first of the pauses ends that something waits for; empty where nothing does. */
    synchronized Optional<Duration> untilNext() {
        long now = nanos.getAsLong();
        return waiting.stream()
                .map(endpointId -> Duration.ofNanos(Math.max(0, pausedUntil.getOrDefault(endpointId, now) - now)))
                .min(Duration::compareTo);
    }
}
