package io.posthorn.delivery;

import static java.lang.System.Logger.Level.DEBUG;

import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.work.Claimed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * Has what became of deliveries recorded, successes in groups where nothing else follows from them, and counts it once it
 * is: a group that could not be written is recorded one by one, and counted once.
 */
@ApplicationScoped
class Outcomes {

    private static final System.Logger LOG = System.getLogger(Outcomes.class.getName());

    @Inject
    AttemptRecorder recorder;

    @Inject
    DeliveryMetrics metrics;

    void attempted(DueDelivery due, AttemptResult result) {
        recorder.record(due, result).ifPresent(decision -> metrics.attempted(result, decision));
    }

    /** @return the deliveries whose successes are recorded; each of the others is to be recorded by itself */
    Set<Claimed> succeeded(List<PlainSuccess> group) {
        Set<Claimed> recorded = Set.of();
        try {
            recorded = recorder.recordTogether(group);
        } catch (Exception e) {
            LOG.log(DEBUG, "A group of successes could not be recorded together", e);
        }
        for (PlainSuccess success : group) {
            if (recorded.contains(success.due().claimed())) {
                metrics.attempted(success.result(), Decision.SUCCEEDED);
            }
        }
        return recorded;
    }

    /** Ends a delivery that cannot even be attempted. */
    void discarded(DueDelivery due, DeliveryStatus status, String reason) {
        if (recorder.discard(due, status, reason)) {
            metrics.discarded(status);
        }
    }
}
