package io.posthorn.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the attempts in flight on this node, in all and for each endpoint, so that a hanging endpoint cannot take
 * every slot. An endpoint whose circuit is open is left a single slot, for the delivery that probes it.
 */
final class EndpointSlots {

    private final int max;
    private final int maxPerEndpoint;
    private final Circuits circuits;
    private final Map<String, Integer> inFlight = new HashMap<>();
    /** Endpoints that more was wanted for than they had room for, until one of their slots is given back. */
    private final Set<String> turnedAway = new HashSet<>();

    private boolean allTurnedAway;
    private int total;
    /** Attempts in flight, and those that are over but not recorded yet. */
    private int unrecorded;

    EndpointSlots(int max, int maxPerEndpoint, Circuits circuits) {
        this.max = max;
        this.maxPerEndpoint = maxPerEndpoint;
        this.circuits = circuits;
    }

    /** How many more attempts may begin. Where recording does not keep up, as many may wait for it as may be in flight. */
    synchronized int free() {
        int free = Math.max(0, Math.min(max - total, 2 * max - unrecorded));
        allTurnedAway |= free == 0;
        return free;
    }

    synchronized Set<String> busyEndpoints() {
        Set<String> busy = inFlight.entrySet().stream()
                .filter(entry -> entry.getValue() >= maxOf(entry.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        turnedAway.addAll(busy);
        return busy;
    }

    synchronized boolean tryTake(String endpointId) {
        return tryTake(endpointId, maxOf(endpointId));
    }

    /** Takes a slot that is free, whether or not the circuit is open. */
    synchronized boolean tryTakeInAnyCase(String endpointId) {
        return tryTake(endpointId, maxPerEndpoint);
    }

    private boolean tryTake(String endpointId, int maxOfEndpoint) {
        int ofEndpoint = inFlight.getOrDefault(endpointId, 0);
        if (ofEndpoint >= maxOfEndpoint) {
            turnedAway.add(endpointId);
            return false;
        }
        if (free() == 0) {
            return false;
        }
        inFlight.put(endpointId, ofEndpoint + 1);
        total++;
        unrecorded++;
        return true;
    }

    /**
     * The attempt that had a slot is over.
     *
     * @return whether something may have waited for this very slot, so that it is worth to look for what is due
     */
    synchronized boolean release(String endpointId) {
        inFlight.computeIfPresent(endpointId, (id, count) -> count == 1 ? null : count - 1);
        total--;
        return turnedAway.remove(endpointId) | wereAllTurnedAway();
    }

    /**
     * There is nothing left to do for an attempt that had a slot.
     *
     * @return whether something may have waited for this
     */
    synchronized boolean recorded() {
        unrecorded--;
        return wereAllTurnedAway();
    }

    private boolean wereAllTurnedAway() {
        boolean were = allTurnedAway;
        allTurnedAway = false;
        return were;
    }

    private int maxOf(String endpointId) {
        return circuits.isOpen(endpointId) ? 1 : maxPerEndpoint;
    }
}
