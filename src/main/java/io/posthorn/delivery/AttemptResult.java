package io.posthorn.delivery;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.delivery.AddressGuard.BlockedAddressException;
import io.posthorn.rest.StorableText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * How one attempt ended.
 *
 * @param status of the answer; 0 where none came
 * @param response the beginning of the answer's body; where none came, what went wrong
 * @param timedOut whether the endpoint took too long
 * @param retryAfter what the endpoint said of when to come back, unread
 */
record AttemptResult(int status, String response, Duration duration, boolean timedOut, Optional<String> retryAfter) {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> OVERLOAD = Set.of(TOO_MANY_REQUESTS, 502, 503, 504);

    private static final System.Logger LOG = System.getLogger(AttemptResult.class.getName());

    static AttemptResult answered(EndpointResponse response, Duration duration) {
        return new AttemptResult(response.status(), response.body(), duration, false, response.retryAfter());
    }

    static AttemptResult failed(Throwable error, Duration duration) {
        // An error of the protocol quotes what broke it.
        String text = StorableText.of(describe(error));
        return new AttemptResult(0, text, duration, isTimeout(rootOf(error)), Optional.empty());
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the endpoint has more to do than it can, by its own word or by its silence. */
    boolean isRefusedForLoad() {
        return timedOut || status == TOO_MANY_REQUESTS;
    }

    /** Whether the endpoint, or what stands before it, is better left alone for a while. */
    boolean isOverload() {
        return timedOut || OVERLOAD.contains(status);
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (isWrapper(root) && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static boolean isTimeout(Throwable error) {
        return error instanceof TimeoutException
                || error instanceof java.util.concurrent.TimeoutException
                || error instanceof SocketTimeoutException;
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof TransportFault;
    }

    /** What went wrong, in words for whoever looks at the attempt. */
    static String describe(Throwable wrapped) {
        Throwable error = rootOf(wrapped);
        if (error instanceof BlockedAddressException || error instanceof TokenException) {
            return String.valueOf(error.getMessage());
        }
        if (error instanceof UnknownHostException) {
            return "the host cannot be resolved: " + error.getMessage();
        }
        if (isTimeout(error)) {
            return "no complete answer within the timeout";
        }
        if (error instanceof ConnectException) {
            return "cannot connect: " + error.getMessage();
        }
        if (error instanceof SSLException) {
            return "no TLS connection: " + error.getMessage();
        }
        if (error instanceof ClosedChannelException || error instanceof ConnectionClosedException) {
            return "the connection was closed before the answer was complete";
        }
        if (!(error instanceof IOException)) {
            // Not the endpoint's doing; whoever runs this node should know.
            LOG.log(WARNING, "An attempt failed unexpectedly", error);
        }
        return error.getClass().getSimpleName() + ": " + error.getMessage();
    }
}
