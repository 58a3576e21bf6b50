package io.posthorn.work;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pools of the server's threads for tasks that come by the thousand. A thread keeps the application's context in which its
 * factory was injected, while a managed executor captures the context anew with each task: on Payara that searches every
 * JAR of the application, and was more than a third of the cost of a delivery.
 */
public final class WorkerThreads {

    private static final int IDLE_SECONDS = 60;

    private WorkerThreads() {}

    /**
     * A pool whose threads end when they are idle; further tasks wait in a queue.
     *
     * @param max how many tasks run at a time
     * @return to be shut down by its user
     */
    public static ExecutorService pool(ManagedThreadFactory factory, int max) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(max, max, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * A pool for tasks that only wait, so that there may be many: each gets an idle thread, or another one.
     *
     * @param max how many tasks run at a time; more are rejected
     * @return to be shut down by its user
     */
    public static ExecutorService waitingPool(ManagedThreadFactory factory, int max) {
        return new ThreadPoolExecutor(0, max, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }
}
