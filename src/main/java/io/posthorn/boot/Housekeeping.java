package io.posthorn.boot;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.rest.IdempotencyKeys;
import io.posthorn.work.PeriodicTasks;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** Removes what nobody will ask for any more. */
@ApplicationScoped
class Housekeeping {

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @Inject
    PeriodicTasks tasks;

    @Inject
    IdempotencyKeys keys;

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        tasks.every(INTERVAL, this::removeExpiredKeys);
    }

    private void removeExpiredKeys() {
        boolean more = true;
        while (more) {
            more = keys.removeExpired();
        }
    }
}
