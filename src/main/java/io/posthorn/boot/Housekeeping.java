package io.posthorn.boot;

import io.posthorn.config.Settings;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.delivery.Retention;
import io.posthorn.inbound.InboxRetention;
import io.posthorn.rest.IdempotencyKeys;
import io.posthorn.rest.SharedRateLimiter;
import io.posthorn.work.PeriodicTasks;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;

/** Removes what nobody will ask for any more. */
@ApplicationScoped
class Housekeeping {

    @Inject
    PeriodicTasks tasks;

    @Inject
    Settings settings;

    @Inject
    IdempotencyKeys keys;

    @Inject
    SharedRateLimiter rates;

    @Inject
    Retention retention;

    @Inject
    InboxRetention inbox;

    private volatile boolean stopping;

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        tasks.every(settings.retention().interval(), this::sweep);
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    private void sweep() {
        allOf(keys::removeExpired);
        allOf(rates::removeFull);
        allOf(retention::expungePayloads);
        allOf(retention::removeAttempts);
        allOf(retention::removeMessages);
        allOf(inbox::removeEvents);
        allOf(inbox::removeKeys);
    }

    /** @param removeSome true if there may be more */
    private void allOf(BooleanSupplier removeSome) {
        boolean more = true;
        while (more && !stopping) {
            more = removeSome.getAsBoolean();
        }
    }
}
