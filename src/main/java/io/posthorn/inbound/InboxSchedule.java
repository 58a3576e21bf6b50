package io.posthorn.inbound;

import io.posthorn.config.Settings;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.work.PeriodicTasks;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Finds due events that no wake-up announced: retries, and those of a node that died. */
@ApplicationScoped
class InboxSchedule {

    private static final int RENEWALS_PER_LEASE = 3;

    @Inject
    PeriodicTasks tasks;

    @Inject
    Settings settings;

    @Inject
    InboxDispatcher dispatcher;

    void start(@Observes @Priority(StartOrder.WORK) Starting start) {
        tasks.every(settings.delivery().pollInterval(), dispatcher::wake);
        tasks.every(settings.inbound().lease().dividedBy(RENEWALS_PER_LEASE), dispatcher::renewLeases);
    }
}
