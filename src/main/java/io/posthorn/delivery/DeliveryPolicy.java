package io.posthorn.delivery;

import io.posthorn.config.StatusRanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides what follows an attempt. */
final class DeliveryPolicy {

    private static final int GONE = 410;

    private final RetrySchedule schedule;
    private final StatusRanges nonRetryable;
    private final Duration overloadPenalty;

    DeliveryPolicy(RetrySchedule schedule, StatusRanges nonRetryable, Duration overloadPenalty) {
        this.schedule = schedule;
        this.nonRetryable = nonRetryable;
        this.overloadPenalty = overloadPenalty;
    }

    /** This one for an endpoint with a schedule of its own. */
    DeliveryPolicy after(List<Duration> delays) {
        return new DeliveryPolicy(schedule.of(delays), nonRetryable, overloadPenalty);
    }

    /**
     * What follows: at most one of a retry and a reason is there; neither means success.
     *
     * @param reason why the delivery is a dead letter
     * @param endpointGone whether the endpoint asked never to be called again
     */
    record Decision(Optional<Duration> retryAfter, Optional<String> reason, boolean endpointGone) {

        static final Decision SUCCEEDED = new Decision(Optional.empty(), Optional.empty(), false);

        static Decision retry(Duration delay) {
            return new Decision(Optional.of(delay), Optional.empty(), false);
        }

        static Decision dead(String reason, boolean endpointGone) {
            return new Decision(Optional.empty(), Optional.of(reason), endpointGone);
        }
    }

    /**
     * @param failures how many attempts have failed, this one included if it did
     * @param trigger nobody retries what was sent by hand
     */
    Decision decide(AttemptResult result, int failures, TriggerType trigger, Instant now) {
        if (result.isSuccess()) {
            return Decision.SUCCEEDED;
        }
        if (result.status() == GONE || nonRetryable.contains(result.status())) {
            return Decision.dead("answered " + result.status(), result.status() == GONE);
        }
        if (trigger == TriggerType.MANUAL) {
            return Decision.dead("the attempt made by hand failed", false);
        }
        return schedule.delayAfter(failures)
                .map(delay -> Decision.retry(asTheEndpointWishes(result, penalised(result, delay), now)))
                .orElseGet(() -> Decision.dead("all " + failures + " attempts failed", false));
    }

    /** Whether a delivery of this age has had to wait for so long that its attempts would else have run out. */
    boolean outlasts(Duration age) {
        return age.compareTo(schedule.total(overloadPenalty).multipliedBy(2)) > 0;
    }

    private Duration penalised(AttemptResult result, Duration delay) {
        return result.isRefusedForLoad() ? max(delay, overloadPenalty) : delay;
    }

    /** Held between the delay and twice that, jitter included, so that no endpoint can keep its deliveries waiting for ever. */
    private Duration asTheEndpointWishes(AttemptResult result, Duration delay, Instant now) {
        Duration longest = delay.multipliedBy(2);
        Duration wish = result.retryAfter()
                .flatMap(text -> RetryAfter.parse(text, now))
                .map(asked -> min(max(asked, delay), longest))
                .orElse(delay);
        return min(schedule.jittered(wish), longest);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
