package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.observe.Metrics;
import io.posthorn.work.NodeId;
import io.posthorn.work.Waker;
import io.posthorn.work.WorkerThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** Claims events that are due and dispatches them, a bounded number at a time. */
@ApplicationScoped
class InboxDispatcher {

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
    Metrics metrics;

    @Inject
    @Internal
    Clock clock;

    @Resource
    ManagedThreadFactory threads;

    private final Map<String, String> claimsInProgress = new ConcurrentHashMap<>();
    private ExecutorService executor;
    private Waker waker;
    private volatile boolean stopping;

    @PostConstruct
    void start() {
        // One thread claims, the others dispatch.
        executor = WorkerThreads.pool(threads, 1 + settings.inbound().maxConcurrency());
        waker = new Waker(executor, this::dispatchDue);
    }

    /** Looks for due events soon, on another thread. */
    void wake() {
        waker.wake();
    }

    /** Claims nothing more; what is in progress goes on. */
    @PreDestroy
    void stop() {
        stopping = true;
        executor.shutdown();
    }

    /** Keeps the events in progress from being taken for those of a dead node. */
    void renewLeases() {
        if (!claimsInProgress.isEmpty()) {
            queue.renew(Map.copyOf(claimsInProgress));
        }
    }

    private void dispatchDue() {
        int free;
        List<String> claimed;
        do {
            free = settings.inbound().maxConcurrency() - claimsInProgress.size();
            if (free <= 0 || stopping) {
                return;
            }
            String claim = NodeId.nextClaim();
            claimed = queue.claim(claim, free);
            for (String eventId : claimed) {
                claimsInProgress.put(eventId, claim);
                executor.execute(() -> dispatch(eventId, claim));
            }
        } while (claimed.size() == free);
    }

    private void dispatch(String eventId, String claim) {
        CompletionStage<?> end = CompletableFuture.completedFuture(eventId);
        try {
            end = dispatch(new Dispatch(eventId, claim, clock));
        } finally {
            end.whenComplete((done, error) -> {
                claimsInProgress.remove(eventId, claim);
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
        } catch (RuntimeException | LinkageError | AssertionError e) {
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
        } catch (RuntimeException e) {
            LOG.log(WARNING, "The history of event " + dispatch.eventId() + " lacks its last observers", e);
        }
    }
}
