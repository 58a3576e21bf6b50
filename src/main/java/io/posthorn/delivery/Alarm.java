package io.posthorn.delivery;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a task at the earliest of the moments that it is set to, and then no more until it is set again. */
final class Alarm {

    private final ScheduledExecutorService scheduler;
    private final Runnable task;
    private @Nullable ScheduledFuture<?> next;

    Alarm(ScheduledExecutorService scheduler, Runnable task) {
        this.scheduler = scheduler;
        this.task = task;
    }

    synchronized void setIn(Duration delay) {
        // A timer that has been waited for is no earlier than the moment it was set to, whatever it rounds.
        long millis = delay.toMillis() + 1;
        if (next != null && !next.isDone()) {
            if (next.getDelay(TimeUnit.MILLISECONDS) <= millis) {
                return;
            }
            next.cancel(false);
        }
        next = scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
