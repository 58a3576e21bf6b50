package io.posthorn.delivery;

import static java.lang.System.Logger.Level.DEBUG;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Claims deliveries that are due, sends them, and has each attempt recorded; a bounded number at a time. */
@ApplicationScoped
class DeliveryEngine implements Worker {

    private static final System.Logger LOG = System.getLogger(DeliveryEngine.class.getName());

    /** One claims; the others record outcomes. No more than a fraction of the connections that the pool has. */
    private static final int WORKERS = 16;

    private static final int MAX_ASKED_FOR = 1_000;

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
    private final BlockingQueue<String> askedFor = new ArrayBlockingQueue<>(MAX_ASKED_FOR);
    private ExecutorService executor;
    private Batcher<PlainSuccess> successes;
    private Admission admission;
    private Waker waker;
    private Alarm alarm;

    @PostConstruct
    void start() {
        executor = WorkerThreads.pool(threads, WORKERS);
        admission = new Admission(settings.delivery(), throttles());
        successes = new Batcher<>(executor, this::recordTogether);
        waker = new Waker(executor, this::sendDue);
        alarm = new Alarm(scheduler, waker::wake);
    }

    /** An H2 database has one node. */
    private Throttles throttles() {
        boolean isShared = settings.database().kind() == DatabaseSettings.Kind.POSTGRESQL;
        return new Throttles(isShared ? sharedRates::take : new RateLimiter()::take, System::nanoTime);
    }

    /** Looks for due deliveries soon, on another thread. */
    void wake() {
        waker.wake();
    }

    /** The same, for one first that somebody asked for by hand. Of very many, the last ones take their turns. */
    void wakeFor(String deliveryId) {
        if (!askedFor.offer(deliveryId)) {
            LOG.log(DEBUG, "Delivery {0} takes its turn: very many were asked for", deliveryId);
        }
        wake();
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
    }

    private void sendDue() {
        sendAskedFor();
        boolean more = true;
        while (more) {
            if (admission.free() == 0) {
                return;
            }
            admission.prepare();
            List<DueDelivery> claimed =
                    inProgress.claim(() -> claim(taken -> queue.claim(admission, taken)), DueDelivery::claimed);
            claimed.forEach(this::send);
            more = admission.looksAgain() || (!claimed.isEmpty() && queue.mayHaveLeft());
        }
        // The timer alone would send in bursts to an endpoint with a throttle rate, and late to one that is probed.
        admission.untilNext().ifPresent(alarm::setIn);
    }

    private void sendAskedFor() {
        List<String> ids = new ArrayList<>();
        askedFor.drainTo(ids, admission.free());
        if (!ids.isEmpty()) {
            admission.prepare();
            inProgress
                    .claim(() -> claim(taken -> queue.claimByHand(ids, admission, taken)), DueDelivery::claimed)
                    .forEach(this::send);
        }
    }

    private List<DueDelivery> claim(Function<List<String>, List<DueDelivery>> claim) {
        List<String> taken = new ArrayList<>();
        try {
            return claim.apply(taken);
        } catch (Exception e) {
            // Nothing was claimed; slots that stayed taken would in the end be all of them.
            taken.forEach(admission::giveBackSlot);
            throw e;
        }
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
        executor.execute(() -> finish(due, () -> {
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
