package io.posthorn.inbound;

import io.posthorn.rest.Timestamps;

/**
 * Narrows a list of events to those before one of them, or before a time.
 *
 * @param condition in JPQL, with {@code :before} for the bound
 */
record OlderThan(String condition, Object bound) {

    /**
     * @param text the id of an event, which sorts by time, or a time of RFC 3339
     * @throws java.time.DateTimeException if it is neither
     */
    static OlderThan of(String text) {
        return text.startsWith(InboxEvent.ID_PREFIX)
                ? new OlderThan("e.id < :before", text)
                : new OlderThan("e.receivedAt < :before", Timestamps.parse(text));
    }
}
