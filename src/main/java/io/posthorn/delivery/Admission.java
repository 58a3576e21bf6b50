package io.posthorn.delivery;

import io.posthorn.config.DeliverySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which of the due deliveries may leave this node now. */
final class Admission {

    /** How many due deliveries are looked at together. */
    private static final int LOOK_AT = 100;

    private final EndpointSlots slots;
    private final Throttles throttles;
    private boolean someExceeded;

    Admission(DeliverySettings settings, Throttles throttles) {
        this.slots = new EndpointSlots(settings.maxInFlight(), settings.maxInFlightPerEndpoint());
        this.throttles = throttles;
    }

    /** How many more may leave; 0 if none. */
    int free() {
        return Math.max(0, Math.min(LOOK_AT, slots.free()));
    }

    /** Called before each claim, outside of its transaction. */
    void prepare() {
        throttles.ask();
        someExceeded = false;
    }

    /** Whether another claim may find what the last one did not: that one learned of rates, or wanted what can be asked for. */
    boolean looksAgain() {
        return someExceeded || throttles.canAsk();
    }

    /** The endpoints of which none may leave. */
    Set<String> busyEndpoints() {
        Set<String> busy = new HashSet<>(slots.busyEndpoints());
        busy.addAll(throttles.heldEndpoints());
        return busy;
    }

    /** How many more may leave for an endpoint, if there is room for them all; 0 if none. */
    int slotsLeft(String endpointId) {
        return throttles.mayLeave(endpointId) ? slots.freeOf(endpointId) : 0;
    }

    /** Takes a slot for a delivery, if there is one and its rates allow, as far as they are known. */
    boolean tryTakeSlot(String endpointId) {
        boolean taken = throttles.mayLeave(endpointId) && slots.tryTake(endpointId);
        if (taken) {
            throttles.take(endpointId);
        }
        return taken;
    }

    void giveBackSlot(String endpointId) {
        slots.release(endpointId);
        slots.recorded();
    }

    /** Those of the deliveries with slots that exceed a rate which was not known yet; their slots are given back. */
    List<DueDelivery> exceeding(List<DueDelivery> claimed) {
        Set<String> changed = claimed.stream()
                .filter(due -> throttles.learn(due.endpointId(), Throttles.Rates.of(due)))
                .map(DueDelivery::endpointId)
                .collect(Collectors.toSet());
        List<DueDelivery> exceeding = new ArrayList<>();
        for (DueDelivery due : claimed) {
            if (changed.contains(due.endpointId())) {
                if (throttles.mayLeave(due.endpointId())) {
                    throttles.take(due.endpointId());
                } else {
                    giveBackSlot(due.endpointId());
                    exceeding.add(due);
                }
            }
        }
        someExceeded = !exceeding.isEmpty();
        return exceeding;
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
