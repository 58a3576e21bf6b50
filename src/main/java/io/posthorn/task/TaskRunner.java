package io.posthorn.task;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.persistence.Outage;
import io.posthorn.rest.UniqueCreation;
import io.posthorn.work.Claimed;
import io.posthorn.work.PeriodicTasks;
import io.posthorn.work.Waker;
import io.posthorn.work.WorkInProgress;
import io.posthorn.work.Worker;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Does a batch of each task in turn, so that a short task does not wait for a long one; those of a node that died as well. */
@ApplicationScoped
class TaskRunner implements Worker {

    private static final System.Logger LOG = System.getLogger(TaskRunner.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Inject
    TaskQueue queue;

    @Inject
    PeriodicTasks periodic;

    @Resource
    ManagedExecutorService executor;

    private final WorkInProgress inProgress = new WorkInProgress();
    private Waker waker;

    @PostConstruct
    void prepare() {
        waker = new Waker(executor, this::runDue);
    }

    void start(@Observes @Priority(StartOrder.WORK) Starting starting) {
        periodic.every(INTERVAL, waker::wake);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) BackgroundTask started) {
        waker.wake();
    }

    @Override
    public WorkInProgress inProgress() {
        return inProgress;
    }

    @Override
    public void release(Collection<Claimed> rows) {
        queue.release(rows);
    }

    private void runDue() {
        List<Claimed> claimed;
        do {
            claimed = inProgress.claim(queue::claim, Function.identity());
            claimed.forEach(this::run);
        } while (!claimed.isEmpty());
    }

    private void run(Claimed claimed) {
        try {
            UniqueCreation.retried(() -> queue.doNextBatch(claimed));
        } catch (Exception e) {
            if (Outage.isCauseOf(e)) {
                // It stays claimed, and its batch is done again when the lease has ended.
                LOG.log(WARNING, "Background task " + claimed.id() + " was interrupted, and goes on in a while", e);
            } else {
                LOG.log(ERROR, "Background task " + claimed.id() + " failed", e);
                queue.fail(claimed);
            }
        } finally {
            inProgress.done(claimed);
        }
    }
}
