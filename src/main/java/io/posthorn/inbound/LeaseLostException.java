package io.posthorn.inbound;

/** This node was silent for longer than its lease, and another one has taken the event. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String eventId) {
        super("Another node has taken event " + eventId);
    }
}
