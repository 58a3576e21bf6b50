package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.Settings;
import io.posthorn.observe.Metrics;
import io.posthorn.work.Claimed;
import io.posthorn.work.Waker;
import io.posthorn.work.WorkInProgress;
import io.posthorn.work.Worker;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Claims events that are due and dispatches them, a bounded number at a time. */
@ApplicationScoped
class InboxDispatcher implements Worker {

    private static final System.Logger LOG = System.getLogger(InboxDispatcher.class.getName());

    @Inject
    Settings settings;

    @Inject
    InboxQueue queue;

    @Inject
    EventDispatch dispatch;

    @Inject
    Metrics metrics;

    @Resource
    ManagedExecutorService executor;

    private final WorkInProgress inProgress = new WorkInProgress();
    private Waker waker;

    @PostConstruct
    void start() {
        waker = new Waker(executor, this::dispatchDue);
    }

    /** Looks for due events soon, on another thread. */
    void wake() {
        waker.wake();
    }

    @Override
    public WorkInProgress inProgress() {
        return inProgress;
    }

    /** Observers that are still at work will find their lease lost, and their work is rolled back. */
    @Override
    public void release(Collection<Claimed> rows) {
        queue.release(rows);
    }

    /** Keeps the events in progress from being taken for those of a dead node. */
    void renewLeases() {
        if (inProgress.size() > 0) {
            queue.renew(inProgress.all());
        }
    }

    private void dispatchDue() {
        List<Claimed> claimed;
        int free = free();
        while (free > 0) {
            int max = free;
            claimed = inProgress.claim(() -> queue.claim(max), Function.identity());
            claimed.forEach(event -> executor.execute(() -> dispatch(event)));
            free = claimed.size() == max ? free() : 0;
        }
    }

    private int free() {
        return settings.inbound().maxConcurrency() - inProgress.size();
    }

    private void dispatch(Claimed event) {
        try {
            dispatch.dispatch(event);
            metrics.count("posthorn.events.dispatched", "processed");
        } catch (LeaseLostException e) {
            LOG.log(WARNING, e.getMessage());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.log(WARNING, "An observer of event " + event.id() + " failed", e);
            metrics.count("posthorn.events.dispatched", "failed");
            queue.recordFailure(event, ErrorText.of(e));
        } finally {
            inProgress.done(event);
            wake();
        }
    }
}
