package io.posthorn.delivery;

import io.posthorn.config.RateLimit;
import io.posthorn.rest.RateLimiter;
import io.posthorn.work.Remembered;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what endpoints and applications are sent to their throttle rates. A rate is granted by portions, a tenth of a second's
 * worth each, so that nodes which keep it together ask each other ten times a second at most; what is left of a portion when
 * its time is over is lost. Asking may take a while, so it is done between claims and not while rows are locked. Used by the
 * one thread that claims.
 */
final class Throttles {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final int PORTIONS_A_SECOND = 10;

    /** Endpoints and applications; one that is forgotten begins anew. */
    private static final int MAX_REMEMBERED = 10_000;

    /** So many portions are asked for before the next claim, since endpoints without a rate wait for that. */
    private static final int ASKED_AT_ONCE = 32;

    private final BiFunction<String, RateLimit, RateLimiter.Take> source;
    private final LongSupplier nanos;
    /** What the endpoints' rates were when a delivery was last loaded, but of those that have none. */
    private final Map<String, Rates> known = new Remembered<>(MAX_REMEMBERED);

    private final Map<String, Portion> portions = new Remembered<>(MAX_REMEMBERED);
    /** Used up, and more was wanted; those that have waited longest first. */
    private final Set<Portion> wanted = new LinkedHashSet<>();

    /** Endpoints that something is due for, beyond their portions. */
    private final Set<String> waiting = new HashSet<>();

    /**
     * @param source grants one item of a limit, or says how long until it can
     * @param nanos a clock that nobody sets
     */
    Throttles(BiFunction<String, RateLimit, RateLimiter.Take> source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /**
     * What holds for the deliveries to an endpoint.
     *
     * @param ofEndpoint deliveries a second; {@code null} for any number
     * @param ofApplication likewise, for all its endpoints together
     */
    record Rates(
            @Nullable Integer ofEndpoint,
            String applicationId,
            @Nullable Integer ofApplication) {

        static Rates of(DueDelivery due) {
            return new Rates(
                    due.endpoint().throttleRate().orElse(null),
                    due.application().id(),
                    due.application().throttleRate().orElse(null));
        }

        private boolean areLimits() {
            return ofEndpoint != null || ofApplication != null;
        }
    }

    /** What may leave until a moment, after which there may be another portion. */
    private final class Portion {

        private final String key;
        private final int rate;
        private int left;
        private long until = nanos.getAsLong();

        Portion(String key, int rate) {
            this.key = key;
            this.rate = rate;
        }

        boolean isOver() {
            return nanos.getAsLong() - until >= 0;
        }

        boolean isUsedUp() {
            return left == 0 || isOver();
        }

        boolean isHeld() {
            return left == 0 && !isOver();
        }

        long nanosLeft() {
            return Math.max(0, until - nanos.getAsLong());
        }

        boolean ask() {
            int size = Math.max(1, rate / PORTIONS_A_SECOND);
            Duration period = SECOND.multipliedBy(size).dividedBy(rate);
            RateLimiter.Take take = source.apply("throttle " + key, new RateLimit(1, period));
            left = take.admitted() ? size : 0;
            until = nanos.getAsLong() + (take.admitted() ? period : take.delay()).toNanos();
            return take.admitted();
        }
    }

    /** Asks for what was wanted and may be there by now. */
    void ask() {
        List<Portion> over =
                wanted.stream().filter(Portion::isOver).limit(ASKED_AT_ONCE).toList();
        for (Portion portion : over) {
            wanted.remove(portion);
            if (!portion.ask()) {
                wanted.add(portion);
            }
        }
    }

    /** Whether something was wanted that can be asked for now. */
    boolean canAsk() {
        return wanted.stream().anyMatch(Portion::isOver);
    }

    /** Whether there is a rate for an endpoint, as far as is known. */
    boolean isLimited(String endpointId) {
        return known.containsKey(endpointId);
    }

    /** Whether a delivery may leave, as far as the rates are known; if not, its endpoint waits. */
    boolean mayLeave(String endpointId) {
        List<Portion> usedUp = portions(endpointId).filter(Portion::isUsedUp).toList();
        wanted.addAll(usedUp);
        if (!usedUp.isEmpty()) {
            waiting.add(endpointId);
        }
        return usedUp.isEmpty();
    }

    /** Takes from the portions of an endpoint what a delivery that may leave needs. */
    void take(String endpointId) {
        portions(endpointId).forEach(portion -> portion.left--);
        waiting.remove(endpointId);
    }

    /** Notes the rates of an endpoint; true if they are not those that were known. */
    boolean learn(String endpointId, Rates rates) {
        @Nullable Rates before = rates.areLimits() ? known.put(endpointId, rates) : known.remove(endpointId);
        return rates.areLimits() ? !rates.equals(before) : before != null;
    }

    /** The endpoints that something waits for and that cannot be sent to until a moment to come. */
    Set<String> heldEndpoints() {
        waiting.removeIf(endpointId -> portions(endpointId).noneMatch(Portion::isHeld));
        return Set.copyOf(waiting);
    }

    /** How long until more can be asked for; empty where nothing is wanted. */
    Optional<Duration> untilNext() {
        return wanted.stream().map(Portion::nanosLeft).min(Long::compare).map(Duration::ofNanos);
    }

    private Stream<Portion> portions(String endpointId) {
        Rates rates = known.get(endpointId);
        return rates == null
                ? Stream.empty()
                : Stream.concat(
                        portion(endpointId, rates.ofEndpoint()), portion(rates.applicationId(), rates.ofApplication()));
    }

    private Stream<Portion> portion(String key, @Nullable Integer rate) {
        return rate == null
                ? Stream.empty()
                : Stream.of(portions.compute(
                        key,
                        (same, portion) -> portion == null || portion.rate != rate ? new Portion(key, rate) : portion));
    }
}
