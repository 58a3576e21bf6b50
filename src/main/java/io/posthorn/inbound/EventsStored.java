package io.posthorn.inbound;

import java.util.Map;

/**
 * Fired in the transaction that stores events.
 *
 * @param arrivals by the ids of their events, without duplicates
 */
public record EventsStored(Map<String, Arrival> arrivals) {}
