package io.posthorn.delivery;

import static java.lang.System.Logger.Level.ERROR;

import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.Settings;
import io.posthorn.rest.RateLimiter;
import io.posthorn.rest.SharedRateLimiter;
import io.posthorn.work.Batcher;
import io.posthorn.work.Claimed;
import io.posthorn.work.Waker;
import io.posthorn.work.WorkInProgress;
import io.posthorn.work.Worker;
import io.posthorn.work.WorkerThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Claims deliveries that are due, sends them, and has each attempt recorded; a bounded number at a time. */
@ApplicationScoped
class DeliveryEngine implements Worker {

    private static final System.Logger LOG = System.getLogger(DeliveryEngine.class.getName());

    /** One claims, one records successes, and the others try again at once what no server has seen. */
    private static final int WORKERS = 4;

    /**
     * They record one outcome each at a time. Few, since attempts that hang end together, and all else that wants the
     * processor and a connection at that moment would have to wait for them.
     */
    private static final int RECORDERS = 4;

    @Inject
    Settings settings;

    @Inject
    DeliveryQueue queue;

    @Inject
    RequestSigner signer;

    @Inject
    FirstTry sender;

    @Inject
    Outcomes outcomes;

    @Inject
    SharedRateLimiter sharedRates;

    @Resource
    ManagedThreadFactory threads;

    @Resource
    ManagedScheduledExecutorService scheduler;

    private final WorkInProgress inProgress = new WorkInProgress();
    private ExecutorService executor;
    private ExecutorService recorders;
    private Batcher<PlainSuccess> successes;
    private Admission admission;
    private DeliverySearch search;
    private Waker waker;
    private Alarm alarm;

    @PostConstruct
    void start() {
        executor = WorkerThreads.pool(threads, WORKERS);
        recorders = WorkerThreads.pool(threads, RECORDERS);
        admission = new Admission(settings.delivery(), throttles());
        search = new DeliverySearch(queue, admission, inProgress, this::send);
        successes = new Batcher<>(executor, this::recordTogether);
        waker = new Waker(executor, this::sendDue);
        alarm = new Alarm(scheduler, this::wake);
    }

    /** An H2 database has one node. */
    private Throttles throttles() {
        boolean isShared = settings.database().kind() == DatabaseSettings.Kind.POSTGRESQL;
        return new Throttles(isShared ? sharedRates::take : new RateLimiter()::take, System::nanoTime);
    }

    /** Looks for due deliveries soon, on another thread. */
    void wake() {
        search.wantAll();
        waker.wake();
    }

    /** The same, for one first that somebody asked for by hand. */
    void wakeFor(String deliveryId) {
        search.askFor(deliveryId);
        waker.wake();
    }

    /** Sends deliveries soon that this node has just stored. */
    void wakeForNew(List<String> deliveryIds) {
        search.stored(deliveryIds);
        waker.wake();
    }

    @Override
    public WorkInProgress inProgress() {
        return inProgress;
    }

    /** Answers that still come to what was given back are not recorded: another node may have sent it again. */
    @Override
    public void release(Collection<Claimed> rows) {
        queue.release(rows);
    }

    @PreDestroy
    void end() {
        executor.shutdown();
        recorders.shutdown();
    }

    private void sendDue() {
        search.run();
        // The timer alone would send in bursts to an endpoint with a throttle rate, and late to one that is probed.
        admission.untilNext().ifPresent(alarm::setIn);
    }

    private void send(DueDelivery due) {
        if (due.endpoint().isDeleted()) {
            discard(due, DeliveryStatus.CANCELED, DeliveryPlanner.ENDPOINT_DELETED);
            return;
        }
        if (due.endpoint().isDisabled()) {
            discard(due, DeliveryStatus.FAILED, DeliveryPlanner.ENDPOINT_DISABLED);
            return;
        }
        if (!due.message().hasPayload()) {
            discard(due, DeliveryStatus.CANCELED, DeliveryPlanner.CONTENT_EXPUNGED);
            return;
        }
        long started = System.nanoTime();
        try {
            EndpointRequest request = signer.sign(due);
            sender.send(request, executor).whenComplete((response, error) -> {
                request.abort();
                record(due, result(response, error, started));
            });
        } catch (Exception | LinkageError e) {
            LOG.log(ERROR, "Delivery " + due.id() + " could not be attempted", e);
            record(due, AttemptResult.failed(e, since(started)));
        }
    }

    private void discard(DueDelivery due, DeliveryStatus status, String reason) {
        admission.over(due);
        finish(due, () -> outcomes.discarded(due, status, reason));
    }

    /** Recording needs the context of the application, which the HTTP client's own threads lack. */
    private void record(DueDelivery due, AttemptResult result) {
        admission.learn(due.endpointId(), result);
        // The endpoint has time for the next attempt, which need not wait until the database has written this one down.
        boolean awaited = result.isSuccess() && admission.over(due);
        if (PlainSuccess.is(due, result)) {
            successes.add(new PlainSuccess(due, result));
        } else {
            recordAlone(due, result);
        }
        if (awaited) {
            wake();
        }
    }

    /** A failure keeps its slot until it is recorded, since it may follow that there are no more attempts. */
    private void recordAlone(DueDelivery due, AttemptResult result) {
        recorders.execute(() -> finish(due, () -> {
            try {
                outcomes.attempted(due, result);
            } finally {
                if (!result.isSuccess()) {
                    admission.over(due);
                }
            }
        }));
    }

    private void recordTogether(List<PlainSuccess> group) {
        Set<Claimed> recorded = outcomes.succeeded(group);
        boolean awaited = false;
        for (PlainSuccess success : group) {
            if (recorded.contains(success.due().claimed())) {
                awaited |= done(success.due());
            } else {
                recordAlone(success.due(), success.result());
            }
        }
        if (awaited) {
            wake();
        }
    }

    private void finish(DueDelivery due, Runnable recording) {
        try {
            recording.run();
        } catch (Exception e) {
            // The lease ends by itself, and the delivery is attempted once more: at least once, never lost.
            LOG.log(ERROR, "The outcome of delivery " + due.id() + " could not be recorded", e);
        } finally {
            done(due);
            wake();
        }
    }

    private boolean done(DueDelivery due) {
        inProgress.done(due.claimed());
        return admission.recorded();
    }

    private static AttemptResult result(@Nullable EndpointResponse response, @Nullable Throwable error, long started) {
        return response != null
                ? AttemptResult.answered(response, since(started))
                : AttemptResult.failed(
                        error == null ? new IllegalStateException("no answer and no error") : error, since(started));
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
