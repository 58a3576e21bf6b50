package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.WebhookEvent;
import io.posthorn.observe.Metrics;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands an event whose transaction has committed to its asynchronous observers. It stays claimed until they end, so that
 * another node calls them if this one dies, and those that failed are called again on the schedule.
 */
@ApplicationScoped
class AsynchronousDispatch {

    private static final System.Logger LOG = System.getLogger(AsynchronousDispatch.class.getName());

    private static final String OBSERVED = "posthorn.events.asynchronous";

    @Inject
    Event<WebhookEvent> observers;

    @Inject
    EventObservers eventObservers;

    @Inject
    InboxQueue queue;

    @Inject
    Metrics metrics;

    @Resource
    ManagedExecutorService executor;

    /** Completes once the observers have ended and what they did is recorded. */
    CompletionStage<?> dispatch(ReceivedEvent event, Dispatch dispatch) {
        return fire(event).handle((done, error) -> {
            record(dispatch, error);
            return dispatch;
        });
    }

    private CompletionStage<WebhookEvent> fire(ReceivedEvent event) {
        try {
            return observers
                    .select(eventObservers.qualifiers(event.type(), event.source()))
                    .fireAsync(event, NotificationOptions.ofExecutor(executor));
        } catch (RuntimeException noThread) {
            return CompletableFuture.failedFuture(noThread);
        }
    }

    private void record(Dispatch dispatch, @Nullable Throwable error) {
        try {
            if (error == null && queue.recordAsynchronous(dispatch)) {
                metrics.count(OBSERVED, "processed");
            }
            if (error != null && queue.recordFailure(dispatch, text(dispatch, error))) {
                metrics.count(OBSERVED, "failed");
            }
        } catch (Exception e) {
            // The claim ends with its lease, and they are called again.
            LOG.log(
                    WARNING,
                    "What the asynchronous observers of event " + dispatch.eventId() + " did was not recorded",
                    e);
        }
    }

    private static String text(Dispatch dispatch, Throwable error) {
        Optional<String> thrown = dispatch.calls().stream()
                .filter(call -> call.phase() == ObserverPhase.ASYNCHRONOUS)
                .flatMap(call -> call.error().stream())
                .findFirst();
        return thrown.orElseGet(() -> ErrorText.of(error));
    }
}
