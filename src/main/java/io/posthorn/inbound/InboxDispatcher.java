package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.observe.Metrics;
import io.posthorn.work.Claimed;
import io.posthorn.work.Waker;
import io.posthorn.work.WorkInProgress;
import io.posthorn.work.Worker;
import io.posthorn.work.WorkerThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/** Claims events that are due and dispatches them, a bounded number at a time. */
@ApplicationScoped
class InboxDispatcher implements Worker {

    private static final System.Logger LOG = System.getLogger(InboxDispatcher.class.getName());

    private static final String DISPATCHED = "posthorn.events.dispatched";

    @Inject
    Settings settings;

    @Inject
    InboxQueue queue;

    @Inject
    EventDispatch events;

    @Inject
    AsynchronousDispatch asynchronous;

    @Inject
    InboxHistory history;

    @Inject
    EventLog log;

    @Inject
    Metrics metrics;

    @Inject
    @Internal
    Clock clock;

    @Resource
    ManagedThreadFactory threads;

    private final WorkInProgress inProgress = new WorkInProgress();
    private ExecutorService executor;
    private Waker waker;

    @PostConstruct
    void start() {
        warnIfLowered();
        // One thread claims, the others dispatch.
        executor = WorkerThreads.pool(threads, 1 + settings.dispatchConcurrency());
        waker = new Waker(executor, this::dispatchDue);
    }

    private void warnIfLowered() {
        int wanted = settings.inbound().maxConcurrency();
        int concurrency = settings.dispatchConcurrency();
        if (concurrency < wanted) {
            LOG.log(
                    WARNING,
                    "posthorn.inbound.max-concurrency={0} counts as {1}: half of posthorn.datasource.max-pool-size={2},"
                            + " so that receiving never waits for observers",
                    Integer.toString(wanted),
                    Integer.toString(concurrency),
                    Integer.toString(settings.database().maxPoolSize()));
        }
    }

    /** Looks for due events soon, on another thread. */
    void wake() {
        waker.wake();
    }

    /** Says and counts of an event that nobody observes what it would of any other. */
    void unhandled(String eventId, Arrival arrival) {
        log.log(eventId, arrival.eventType(), arrival.source().name());
        metrics.count(DISPATCHED, "processed");
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

    @PreDestroy
    void end() {
        executor.shutdown();
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
        return settings.dispatchConcurrency() - inProgress.size();
    }

    private void dispatch(Claimed event) {
        CompletionStage<?> end = CompletableFuture.completedFuture(event);
        try {
            end = dispatch(new Dispatch(event, clock));
        } finally {
            end.whenComplete((done, error) -> {
                inProgress.done(event);
                wake();
            });
        }
    }

    /** Completes when the asynchronous observers have ended as well. */
    private CompletionStage<?> dispatch(Dispatch dispatch) {
        try {
            Optional<ReceivedEvent> unfinished = events.dispatch(dispatch);
            if (!dispatch.isProcessed()) {
                dispatch.committed();
                metrics.count(DISPATCHED, "processed");
            }
            if (unfinished.isPresent()) {
                return asynchronous.dispatch(unfinished.get(), dispatch);
            }
            recordRest(dispatch);
        } catch (LeaseLostException e) {
            LOG.log(WARNING, e.getMessage());
        } catch (Exception | Error e) {
            LOG.log(WARNING, "An observer of event " + dispatch.eventId() + " failed", e);
            if (dispatch.hasBegun() && queue.recordFailure(dispatch, ErrorText.of(e))) {
                metrics.count(DISPATCHED, "failed");
            }
        }
        return CompletableFuture.completedFuture(dispatch);
    }

    /** Adds the observers to the history that were called as the transaction ended or after. */
    private void recordRest(Dispatch dispatch) {
        try {
            if (!dispatch.isRecorded()) {
                history.put(DispatchRecord.of(dispatch, dispatch.firstError()));
            }
        } catch (Exception e) {
            LOG.log(WARNING, "The history of event " + dispatch.eventId() + " lacks its last observers", e);
        }
    }
}
