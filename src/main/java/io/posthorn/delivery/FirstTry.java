package io.posthorn.delivery;

import io.posthorn.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends an attempt, and leaves it to {@link WebhookSender} to try again. What succeeds at once, as nearly everything does,
 * is spared the cost of MicroProfile Fault Tolerance, which on Payara was a third of a delivery's.
 */
@ApplicationScoped
class FirstTry {

    @Inject
    Settings settings;

    @Inject
    AuthorizedClient client;

    @Inject
    WebhookSender sender;

    /**
     * @param executor its threads have the context of the application
     * @return completes as the last try did, or when the time of the attempt is over; the request is then to be aborted
     */
    CompletionStage<EndpointResponse> send(EndpointRequest request, Executor executor) {
        CompletionStage<EndpointResponse> first = client.send(request);
        return first.exceptionallyComposeAsync(
                        error -> error instanceof TransportFault fault
                                ? sender.send(new Again(request, fault))
                                : CompletableFuture.failedFuture(error),
                        executor)
                .toCompletableFuture()
                // One deadline for both tries. Not every server lets @Timeout run on until the stage completes.
                .orTimeout(settings.delivery().timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For the annotations, the first of their tries is the one that has failed already. */
    static final class Again {

        private final EndpointRequest request;
        private final TransportFault fault;
        private final AtomicBoolean reported = new AtomicBoolean();

        private Again(EndpointRequest request, TransportFault fault) {
            this.request = request;
            this.fault = fault;
        }

        CompletionStage<EndpointResponse> send(AuthorizedClient client) {
            return reported.compareAndSet(false, true) ? CompletableFuture.failedFuture(fault) : client.send(request);
        }
    }
}
