package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** Claims events that are due and dispatches them, a bounded number at a time. */
@ApplicationScoped
class InboxDispatcher {

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
        try {
            dispatch.dispatch(eventId, claim);
            metrics.count("posthorn.events.dispatched", "processed");
        } catch (LeaseLostException e) {
            LOG.log(WARNING, e.getMessage());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.log(WARNING, "An observer of event " + eventId + " failed", e);
            metrics.count("posthorn.events.dispatched", "failed");
            queue.recordFailure(eventId, claim, ErrorText.of(e));
        } finally {
            claimsInProgress.remove(eventId, claim);
            wake();
        }
    }
}
