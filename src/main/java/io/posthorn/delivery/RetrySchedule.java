package io.posthorn.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a failed delivery is tried again. */
final class RetrySchedule {

    private static final double MAX_JITTER = 0.2;

    private final List<Duration> delays;
    private final RandomGenerator random;

    RetrySchedule(List<Duration> delays, RandomGenerator random) {
        this.delays = List.copyOf(delays);
        this.random = random;
    }

    /** One of other delays, with the same jitter. */
    RetrySchedule of(List<Duration> others) {
        return new RetrySchedule(others, random);
    }

    /**
     * @param failures how many attempts have failed, at least 1
     * @return the delay before the next attempt, before any jitter; empty when the schedule has run out
     */
    Optional<Duration> delayAfter(int failures) {
        return failures > delays.size() ? Optional.empty() : Optional.of(delays.get(failures - 1));
    }

    /** All delays together, none counted as less than the least one given. */
    Duration total(Duration least) {
        return delays.stream()
                .map(delay -> delay.compareTo(least) < 0 ? least : delay)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Adds up to 20 %, so that what failed together does not come back together (Standard Webhooks, "Deliverability and
     * reliability").
     */
    Duration jittered(Duration delay) {
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + MAX_JITTER * random.nextDouble())));
    }
}
