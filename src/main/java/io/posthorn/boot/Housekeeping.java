package io.posthorn.boot;

import static java.lang.System.Logger.Level.ERROR;

import io.posthorn.access.ExpiredTokens;
import io.posthorn.config.Settings;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.delivery.Retention;
import io.posthorn.inbound.InboxRetention;
import io.posthorn.rest.IdempotencyKeys;
import io.posthorn.rest.SharedRateLimiter;
import io.posthorn.task.FinishedTasks;
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

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

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

    @Inject
    FinishedTasks finishedTasks;

    @Inject
    ExpiredTokens tokens;

    private volatile boolean stopping;

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        tasks.every(settings.retention().interval(), this::sweep);
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    void sweep() {
        allOf(keys::removeExpired);
        allOf(rates::removeFull);
        allOf(retention::expungePayloads);
        allOf(retention::removeAttempts);
        allOf(retention::removeMessages);
        allOf(inbox::removeEvents);
        allOf(inbox::removeKeys);
        allOf(finishedTasks::removeOld);
        allOf(tokens::removeOld);
        allOf(tokens::forgetRevoked);
    }

    /** @param removeSome true if there may be more; what it throws keeps no other from its turn */
    private void allOf(BooleanSupplier removeSome) {
        boolean more = true;
        try {
            while (more && !stopping) {
                more = removeSome.getAsBoolean();
            }
        } catch (Exception e) {
            LOG.log(ERROR, "A sweep failed; it is done again with the next", e);
        }
    }
}
