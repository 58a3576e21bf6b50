package io.posthorn.delivery;

import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.work.GroupCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Has what became of deliveries recorded, successes in groups where nothing else follows from them, and counts it once it
 * is: a group that could not be written is recorded one by one, and counted once.
 */
@ApplicationScoped
class Outcomes {

    @Inject
    AttemptRecorder recorder;

    @Inject
    DeliveryMetrics metrics;

    private final GroupCommit<PlainSuccess, Boolean> successes =
            new GroupCommit<>(all -> recorder.recordTogether(all), alone -> false);

    void attempted(DueDelivery due, AttemptResult result) {
        if (PlainSuccess.is(due, result) && successes.write(new PlainSuccess(due, result))) {
            metrics.attempted(result, Decision.SUCCEEDED);
        } else {
            recorder.record(due, result).ifPresent(decision -> metrics.attempted(result, decision));
        }
    }

    /** Ends a delivery that cannot even be attempted. */
    void discarded(DueDelivery due, DeliveryStatus status, String reason) {
        if (recorder.discard(due, status, reason)) {
            metrics.discarded(status);
        }
    }
}
