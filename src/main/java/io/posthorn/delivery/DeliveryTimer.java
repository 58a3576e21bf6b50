package io.posthorn.delivery;

import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Finds due deliveries that no wake-up announced: retries, and those of a node that died. */
@Singleton
@Startup
@DependsOn("DatabaseStartup")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliveryTimer {

    @Resource
    TimerService timers;

    @Inject
    Settings settings;

    @Inject
    DeliveryEngine engine;

    @PostConstruct
    void start() {
        long interval = settings.delivery().pollInterval().toMillis();
        timers.createIntervalTimer(interval, interval, new TimerConfig("poll", false));
    }

    @Timeout
    void poll() {
        engine.wake();
    }

    @PreDestroy
    void stop() {
        engine.stop();
    }
}
