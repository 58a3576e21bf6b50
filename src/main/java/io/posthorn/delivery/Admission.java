package io.posthorn.delivery;

import io.posthorn.config.DeliverySettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Says which of the due deliveries may leave this node now. */
final class Admission {

    /** How many due deliveries are looked at together. */
    private static final int LOOK_AT = 100;

    private final EndpointSlots slots;
    private final Throttles throttles = new Throttles();

    Admission(DeliverySettings settings) {
        slots = new EndpointSlots(settings.maxInFlight(), settings.maxInFlightPerEndpoint());
    }

    /** How many more may leave; 0 if none. */
    int free() {
        return Math.max(0, Math.min(LOOK_AT, slots.free()));
    }

    /** The endpoints of which none may leave. */
    Set<String> busyEndpoints() {
        Set<String> busy = new HashSet<>(slots.busyEndpoints());
        busy.addAll(throttles.heldEndpoints());
        return busy;
    }

    /** How many more may leave for an endpoint, if there is room for them all; 0 if none. */
    int slotsLeft(String endpointId) {
        return throttles.heldEndpoints().contains(endpointId) ? 0 : slots.freeOf(endpointId);
    }

    /** Takes a slot for a delivery, if there is one. */
    boolean tryTakeSlot(String endpointId) {
        return slots.tryTake(endpointId);
    }

    void giveBackSlot(String endpointId) {
        slots.release(endpointId);
        slots.recorded();
    }

    /** Whether a delivery that has a slot keeps to its throttle rates; if not, the slot is given back. */
    boolean keepsToRates(DueDelivery due) {
        boolean admitted = throttles.tryTake(
                due.endpointId(),
                due.endpoint().throttleRate().orElse(null),
                due.application().id(),
                due.application().throttleRate().orElse(null));
        if (!admitted) {
            giveBackSlot(due.endpointId());
        }
        return admitted;
    }

    void learn(DueDelivery due, AttemptResult result) {
        if (result.isSuccess()) {
            slots.succeeded(due.endpointId());
        } else {
            slots.failed(due.endpointId(), result.isOverload());
        }
    }

    /**
     * The attempt of a delivery is over, or there is none to be made.
     *
     * @return whether something may have waited for its slot
     */
    boolean over(DueDelivery due) {
        return slots.release(due.endpointId());
    }

    /** @return whether something may have waited for this to be recorded */
    boolean recorded() {
        return slots.recorded();
    }

    /** When a throttled endpoint can next be sent to; empty where none is throttled at this moment. */
    Optional<Duration> untilNextThrottled() {
        return throttles.untilNext();
    }
}
