package io.posthorn.task;

import static java.lang.System.Logger.Level.ERROR;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.work.PeriodicTasks;
import io.posthorn.work.Waker;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Does the tasks one after the other, batch by batch; those of a node that died as well. */
@ApplicationScoped
class TaskRunner {

    private static final System.Logger LOG = System.getLogger(TaskRunner.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Inject
    TaskQueue queue;

    @Inject
    PeriodicTasks periodic;

    @Resource
    ManagedExecutorService executor;

    private Waker waker;
    private volatile boolean stopping;

    @PostConstruct
    void prepare() {
        waker = new Waker(executor, this::runDue);
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        periodic.every(INTERVAL, waker::wake);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) BackgroundTask started) {
        waker.wake();
    }

    private void runDue() {
        Optional<TaskQueue.Claimed> claimed = queue.claim();
        while (claimed.isPresent() && !stopping) {
            run(claimed.get());
            claimed = queue.claim();
        }
    }

    private void run(TaskQueue.Claimed claimed) {
        try {
            boolean more = true;
            while (more && !stopping) {
                more = queue.doNextBatch(claimed);
            }
        } catch (RuntimeException e) {
            LOG.log(ERROR, "Background task " + claimed.id() + " failed", e);
            queue.fail(claimed);
        }
    }
}
