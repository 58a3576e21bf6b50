package io.posthorn.inbound;

/**
 * What became of an arrival.
 *
 * @param eventId of the stored event; for a duplicate, of the one that came first
 */
record Receipt(String eventId, boolean duplicate) {}
