package io.posthorn.delivery;

import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * Fired in the transaction that records an attempt after which somebody should know how a delivery fares. Attempts made
 * by hand alert nobody: whoever made them is looking.
 */
public record AttemptAlert(
        Kind kind,
        Application application,
        Endpoint endpoint,
        Message message,
        String attemptId,
        int responseStatus,
        Instant timestamp) {

    /** What a Svix server alerts of, and when. */
    public enum Kind {
        /** The fourth attempt failed, and more will follow. */
        FAILING,
        /** No attempt will follow. */
        EXHAUSTED,
        /** The fifth attempt succeeded, or a later one. */
        RECOVERED
    }

    private static final int FAILING_AT = 4;

    static Optional<AttemptAlert> after(DueDelivery due, Attempt attempt, Decision decision) {
        return kind(due, decision)
                .map(kind -> new AttemptAlert(
                        kind,
                        due.application(),
                        due.endpoint(),
                        due.message(),
                        attempt.id,
                        attempt.responseStatus,
                        attempt.createdAt.toInstant()));
    }

    private static Optional<Kind> kind(DueDelivery due, Decision decision) {
        int attempts = due.delivery().attempts + 1;
        if (due.trigger() == TriggerType.MANUAL) {
            return Optional.empty();
        }
        if (decision.reason().isPresent()) {
            return Optional.of(Kind.EXHAUSTED);
        }
        if (decision.retryAfter().isPresent()) {
            return attempts == FAILING_AT ? Optional.of(Kind.FAILING) : Optional.empty();
        }
        return attempts > FAILING_AT ? Optional.of(Kind.RECOVERED) : Optional.empty();
    }
}
