package io.posthorn.delivery;

import io.posthorn.config.StatusRanges;
import java.time.Duration;
import java.util.Optional;

/** Decides what follows an attempt. */
final class DeliveryPolicy {

    private static final int GONE = 410;

    private final RetrySchedule schedule;
    private final StatusRanges nonRetryable;

    DeliveryPolicy(RetrySchedule schedule, StatusRanges nonRetryable) {
        this.schedule = schedule;
        this.nonRetryable = nonRetryable;
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

    /** @param failures how many attempts have failed, this one included if it did */
    Decision decide(AttemptResult result, int failures) {
        if (result.isSuccess()) {
            return Decision.SUCCEEDED;
        }
        if (result.status() == GONE || nonRetryable.contains(result.status())) {
            return Decision.dead("answered " + result.status(), result.status() == GONE);
        }
        return schedule.delayAfter(failures)
                .map(Decision::retry)
                .orElseGet(() -> Decision.dead("all " + failures + " attempts failed", false));
    }
}
