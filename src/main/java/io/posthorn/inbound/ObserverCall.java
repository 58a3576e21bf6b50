package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.rest.NullableJson;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * A call of an observer.
 *
 * @param observer its class and method
 * @param error what it threw; empty if it returned
 */
record ObserverCall(String observer, ObserverPhase phase, Duration duration, Optional<String> error) {

    /** @param rolledBack whether the transaction was */
    JsonObject toJson(boolean rolledBack) {
        return JSON.createObjectBuilder()
                .add("observer", observer)
                .add("phase", phase.name())
                .add("outcome", outcome(rolledBack).name())
                .add("durationMs", duration.toMillis())
                .add("error", NullableJson.of(error.orElse(null)))
                .build();
    }

    private DispatchOutcome outcome(boolean rolledBack) {
        if (error.isPresent()) {
            return DispatchOutcome.FAILED;
        }
        return rolledBack && phase.isInTransaction() ? DispatchOutcome.ROLLED_BACK : DispatchOutcome.PROCESSED;
    }

    /** Whether a call that was kept as JSON was one of an asynchronous observer that did its work. */
    static boolean isDone(JsonObject call) {
        return call.getString("phase").equals(ObserverPhase.ASYNCHRONOUS.name())
                && call.getString("outcome").equals(DispatchOutcome.PROCESSED.name());
    }
}
