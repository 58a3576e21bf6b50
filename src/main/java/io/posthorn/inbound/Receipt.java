package io.posthorn.inbound;

/**
 * What became of an arrival.
 *
 * @param eventId of the stored event; for a duplicate, of the one that came first
 * @param unhandled whether nobody observes the event, which is processed therefore
 */
record Receipt(String eventId, boolean duplicate, boolean unhandled) {}
