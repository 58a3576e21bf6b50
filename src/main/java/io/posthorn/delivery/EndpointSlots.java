package io.posthorn.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts the attempts in flight, in all and for each endpoint, so that a hanging endpoint cannot take every slot. */
final class EndpointSlots {

    private final int max;
    private final int maxPerEndpoint;
    private final Map<String, Integer> inFlight = new HashMap<>();
    private int total;

    EndpointSlots(int max, int maxPerEndpoint) {
        this.max = max;
        this.maxPerEndpoint = maxPerEndpoint;
    }

    synchronized int free() {
        return max - total;
    }

    synchronized Set<String> busyEndpoints() {
        return inFlight.entrySet().stream()
                .filter(entry -> entry.getValue() >= maxPerEndpoint)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    synchronized boolean tryTake(String endpointId) {
        int ofEndpoint = inFlight.getOrDefault(endpointId, 0);
        if (total >= max || ofEndpoint >= maxPerEndpoint) {
            return false;
        }
        inFlight.put(endpointId, ofEndpoint + 1);
        total++;
        return true;
    }

    synchronized void release(String endpointId) {
        inFlight.computeIfPresent(endpointId, (id, count) -> count == 1 ? null : count - 1);
        total--;
    }
}
