package io.posthorn.inbound;

import jakarta.enterprise.inject.spi.ObserverMethod;

/** When an observer is called: CDI's transaction phases, and that of asynchronous observers. */
enum ObserverPhase {
    IN_PROGRESS,
    BEFORE_COMPLETION,
    AFTER_COMPLETION,
    AFTER_FAILURE,
    AFTER_SUCCESS,
    ASYNCHRONOUS;

    static ObserverPhase of(ObserverMethod<?> observer) {
        return observer.isAsync()
                ? ASYNCHRONOUS
                : valueOf(observer.getTransactionPhase().name());
    }

    /** Whether the observer's work is undone with that of the others. */
    boolean isInTransaction() {
        return this == IN_PROGRESS || this == BEFORE_COMPLETION;
    }
}
