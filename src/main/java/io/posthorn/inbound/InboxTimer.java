package io.posthorn.inbound;

import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;

/** Finds due events that no wake-up announced: retries, and those of a node that died. */
@Singleton
@Startup
@DependsOn("DatabaseStartup")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InboxTimer {

    @Resource
    TimerService timers;

    @Inject
    Settings settings;

    @Inject
    InboxDispatcher dispatcher;

    @PostConstruct
    void start() {
        every(settings.delivery().pollInterval(), "poll");
        every(settings.inbound().lease().dividedBy(3), "renew");
    }

    private void every(Duration interval, String task) {
        timers.createIntervalTimer(interval.toMillis(), interval.toMillis(), new TimerConfig(task, false));
    }

    @Timeout
    void run(Timer timer) {
        if (timer.getInfo().equals("renew")) {
            dispatcher.renewLeases();
        } else {
            dispatcher.wake();
        }
    }

    @PreDestroy
    void stop() {
        dispatcher.stop();
    }
}
