package io.posthorn.inbound;

/** What has become of a received event. */
enum InboxStatus {
    /** Stored, not yet seen by its observers. */
    RECEIVED,
    /** Its observers are done, or nobody observes it. */
    PROCESSED,
    /** An observer failed; it is due again. */
    FAILED,
    /** The retry schedule ran out: a dead letter. */
    DEAD
}
