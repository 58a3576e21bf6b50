package io.posthorn.work;

import static java.lang.System.Logger.Level.ERROR;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a task on an executor whenever it is woken, one run at a time. Wake-ups that come while it runs are folded into
 * one further run, so none is missed and a thousand cost no more than two.
 */
public final class Waker {

    private static final System.Logger LOG = System.getLogger(Waker.class.getName());

    private final Executor executor;
    private final Runnable task;
    private final AtomicInteger wakeUps = new AtomicInteger();

    public Waker(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    public void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException serverIsStopping) {
                wakeUps.set(0);
            }
        }
    }

    private void run() {
        int handled;
        do {
            handled = wakeUps.get();
            try {
                task.run();
            } catch (Exception | Error e) {
                // Until somebody wakes us again, if only a timer, there is nothing better to do than say so.
                LOG.log(ERROR, "Work in the background failed; it goes on with the next wake-up", e);
            }
        } while (wakeUps.addAndGet(-handled) > 0);
    }
}
