package io.posthorn.delivery;

import io.posthorn.config.Settings;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.work.PeriodicTasks;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Finds due deliveries that no wake-up announced: retries, and those of a node that died. */
@ApplicationScoped
class DeliverySchedule {

    @Inject
    PeriodicTasks tasks;

    @Inject
    Settings settings;

    @Inject
    DeliveryEngine engine;

    void start(@Observes @Priority(StartOrder.WORK) Starting start) {
        tasks.every(settings.delivery().pollInterval(), engine::wake);
    }
}
