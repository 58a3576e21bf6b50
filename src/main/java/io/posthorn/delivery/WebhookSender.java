package io.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Goes on with an attempt whose first try failed, under MicroProfile Fault Tolerance. {@code posthorn.delivery.timeout}
 * sets the timeout; everything is overridable by MicroProfile's own keys,
 * {@code io.posthorn.delivery.WebhookSender/send/Retry/maxRetries} and the like.
 */
@ApplicationScoped
public class WebhookSender {

    private static final long DEFAULT_TIMEOUT_MILLIS = 15_000;

    @Inject
    AuthorizedClient client;

    /** The retry belongs to the attempt: the endpoint has not seen what a transport fault ended. */
    @Asynchronous
    @Timeout(DEFAULT_TIMEOUT_MILLIS)
    @Retry(maxRetries = 1, delay = 100, jitter = 50, retryOn = TransportFault.class)
    public CompletionStage<EndpointResponse> send(FirstTry.Again again) {
        return again.send(client);
    }
}
