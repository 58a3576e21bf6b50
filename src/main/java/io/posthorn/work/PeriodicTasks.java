package io.posthorn.work;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks at an interval until the application stops, with the server's own scheduler. */
@ApplicationScoped
public class PeriodicTasks {

    private static final System.Logger LOG = System.getLogger(PeriodicTasks.class.getName());

    @Resource
    ManagedScheduledExecutorService executor;

    private final List<ScheduledFuture<?>> scheduled = new CopyOnWriteArrayList<>();

    public void every(Duration interval, Runnable task) {
        long millis = interval.toMillis();
        scheduled.add(executor.scheduleWithFixedDelay(() -> runSafely(task), millis, millis, TimeUnit.MILLISECONDS));
    }

    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Exception | Error e) {
            // Thrown on, it would end the schedule for good.
            LOG.log(ERROR, "A periodic task failed; it will be run again", e);
        }
    }

    @PreDestroy
    void cancel() {
        scheduled.forEach(task -> task.cancel(false));
    }
}
