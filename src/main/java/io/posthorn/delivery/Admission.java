package io.posthorn.delivery;

import io.posthorn.config.DeliverySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says which of the due deliveries may leave this node now. */
final class Admission {

    /** How many due deliveries are looked at together. */
    private static final int LOOK_AT = 100;

    /** Many pauses may end one after the other; to look for what is due after each of them would be a waste. */
    private static final Duration PROBES_TOGETHER = Duration.ofMillis(100);

    private final Circuits circuits;
    private final EndpointSlots slots;
    private final Throttles throttles;
    private boolean hasLearned;

    Admission(DeliverySettings settings, Throttles throttles) {
        this.circuits = new Circuits(settings.circuitPause(), System::nanoTime);
        this.slots = new EndpointSlots(settings.maxInFlight(), settings.maxInFlightPerEndpoint(), circuits);
        this.throttles = throttles;
    }

    /** How many more may leave; 0 if none. */
    int free() {
        return Math.max(0, Math.min(LOOK_AT, slots.free()));
    }

    /** Called before each claim, outside of its transaction. */
    void prepare() {
        throttles.ask();
        hasLearned = false;
    }

    /** Whether another claim may look past what the last one left: it learned why to, or wanted what can now be asked for. */
    boolean looksAgain() {
        return hasLearned || throttles.canAsk();
    }

    /** The endpoints of which none may leave. */
    Set<String> busyEndpoints() {
        Set<String> busy = new HashSet<>(slots.busyEndpoints());
        busy.addAll(throttles.heldEndpoints());
        busy.addAll(circuits.waiting());
        return busy;
    }

    /** Takes a slot for a delivery, if there is one, its endpoint is no failing one between two probes, and its rates allow. */
    boolean tryTakeSlot(String endpointId) {
        return mayLeave(endpointId) && tryTakeSlot(endpointId, slots::tryTake);
    }

    private boolean mayLeave(String endpointId) {
        if (circuits.isPaused(endpointId)) {
            hasLearned |= circuits.letWait(endpointId);
            return false;
        }
        return throttles.mayLeave(endpointId);
    }

    /** The same for a delivery that somebody asked for: it does not wait until its endpoint fails no longer. */
    boolean tryTakeSlotByHand(String endpointId) {
        return tryTakeSlot(endpointId, slots::tryTakeInAnyCase);
    }

    /** The same for a delivery that was just stored: where there is a rate, older ones may wait for it, and come first. */
    boolean tryTakeSlotForNew(String endpointId) {
        boolean limited = throttles.isLimited(endpointId);
        hasLearned |= limited;
        return !limited && tryTakeSlot(endpointId);
    }

    private boolean tryTakeSlot(String endpointId, Predicate<String> slot) {
        boolean taken = throttles.mayLeave(endpointId) && slot.test(endpointId);
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
        hasLearned |= !exceeding.isEmpty();
        return exceeding;
    }

    void learn(String endpointId, AttemptResult result) {
        if (result.isSuccess()) {
            circuits.succeeded(endpointId);
        } else {
            circuits.failed(endpointId, result.isOverload());
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

    /** When an endpoint can be sent to again that is throttled or between two probes; empty where none is. */
    Optional<Duration> untilNext() {
        Optional<Duration> probe =
                circuits.untilNext().map(delay -> delay.compareTo(PROBES_TOGETHER) < 0 ? PROBES_TOGETHER : delay);
        return Stream.of(throttles.untilNext(), probe).flatMap(Optional::stream).min(Duration::compareTo);
    }
}
