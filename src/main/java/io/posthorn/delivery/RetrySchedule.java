package io.posthorn.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is tried again. Up to 20 % is added to each delay, so that what failed together does not come
 * back together (Standard Webhooks, "Deliverability and reliability").
 */
final class RetrySchedule {

    private static final double MAX_JITTER = 0.2;

    private final List<Duration> delays;
    private final RandomGenerator random;

    RetrySchedule(List<Duration> delays, RandomGenerator random) {
        this.delays = List.copyOf(delays);
        this.random = random;
    }

    /**
     * @param failures how many attempts have failed, at least 1
     * @return the delay before the next attempt; empty when the schedule has run out
     */
    Optional<Duration> delayAfter(int failures) {
        if (failures > delays.size()) {
            return Optional.empty();
        }
        long millis = delays.get(failures - 1).toMillis();
        return Optional.of(Duration.ofMillis(Math.round(millis * (1 + MAX_JITTER * random.nextDouble()))));
    }
}
