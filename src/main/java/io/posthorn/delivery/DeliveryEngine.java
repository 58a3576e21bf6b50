package io.posthorn.delivery;

import static java.lang.System.Logger.Level.ERROR;

import io.posthorn.config.Settings;
import io.posthorn.work.Claimed;
import io.posthorn.work.GroupCommit;
import io.posthorn.work.Waker;
import io.posthorn.work.WorkInProgress;
import io.posthorn.work.Worker;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Claims deliveries that are due, sends them, and has each attempt recorded; a bounded number at a time. */
@ApplicationScoped
class DeliveryEngine implements Worker {

    private static final System.Logger LOG = System.getLogger(DeliveryEngine.class.getName());

    @Inject
    Settings settings;

    @Inject
    DeliveryQueue queue;

    @Inject
    RequestSigner signer;

    @Inject
    WebhookSender sender;

    @Inject
    AttemptRecorder recorder;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedScheduledExecutorService scheduler;

    private final GroupCommit<PlainSuccess, Boolean> successes =
            new GroupCommit<>(all -> recorder.recordTogether(all), alone -> false);
    private final AtomicBoolean wakeUpScheduled = new AtomicBoolean();
    private final WorkInProgress inProgress = new WorkInProgress();
    private Admission admission;
    private Waker waker;

    @PostConstruct
    void start() {
        admission = new Admission(settings.delivery());
        waker = new Waker(executor, this::sendDue);
    }

    /** Looks for due deliveries soon, on another thread. */
    void wake() {
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

    private void sendDue() {
        List<DueDelivery> claimed;
        do {
            if (admission.free() == 0) {
                return;
            }
            claimed = inProgress.claim(this::claim, DueDelivery::claimed);
            claimed.forEach(this::send);
        } while (!claimed.isEmpty());
        admission.untilNextThrottled().ifPresent(this::wakeIn);
    }

    private List<DueDelivery> claim() {
        List<String> taken = new ArrayList<>();
        try {
            return queue.claim(admission, taken);
        } catch (RuntimeException e) {
            // Nothing was claimed; slots that stayed taken would in the end be all of them.
            taken.forEach(admission::giveBackSlot);
            throw e;
        }
    }

    /** The timer alone would send in bursts to an endpoint with a throttle rate. */
    private void wakeIn(Duration delay) {
        if (wakeUpScheduled.compareAndSet(false, true)) {
            scheduler.schedule(
                    () -> {
                        wakeUpScheduled.set(false);
                        wake();
                    },
                    delay.toMillis() + 1,
                    TimeUnit.MILLISECONDS);
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
            SignedRequest request = signer.sign(due);
            // Recording needs the context of the application, which the client's own threads lack.
            sender.send(request)
                    .whenCompleteAsync(
                            (response, error) -> {
                                request.abort();
                                record(due, result(response, error, started));
                            },
                            executor);
        } catch (RuntimeException | LinkageError e) {
            LOG.log(ERROR, "Delivery " + due.id() + " could not be attempted", e);
            record(due, AttemptResult.failed(e, since(started)));
        }
    }

    private void discard(DueDelivery due, DeliveryStatus status, String reason) {
        finish(due, () -> recorder.discard(due, status, reason));
    }

    private void record(DueDelivery due, AttemptResult result) {
        admission.learn(due, result);
        finish(due, () -> {
            if (!PlainSuccess.is(due, result) || !successes.write(new PlainSuccess(due, result))) {
                recorder.record(due, result);
            }
        });
    }

    private void finish(DueDelivery due, Runnable recording) {
        try {
            recording.run();
        } catch (RuntimeException e) {
            // The lease ends by itself, and the delivery is attempted once more: at least once, never lost.
            LOG.log(ERROR, "The outcome of delivery " + due.id() + " could not be recorded", e);
        } finally {
            admission.done(due);
            inProgress.done(due.claimed());
            wake();
        }
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
