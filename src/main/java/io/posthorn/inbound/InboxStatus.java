package io.posthorn.inbound;

import java.util.Locale;

/** What has become of a received event. */
enum InboxStatus {
    /** Stored, not yet seen by its observers. */
    RECEIVED,
    /** Its observers are done, or nobody observes it. */
    PROCESSED,
    /** An observer failed; it is due again. */
    FAILED,
    /** The retry schedule ran out: a dead letter. */
    DEAD;

    /** @throws IllegalArgumentException if there is no such status */
    static InboxStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
