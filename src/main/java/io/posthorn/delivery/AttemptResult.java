package io.posthorn.delivery;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.delivery.AddressGuard.BlockedAddressException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * How one attempt ended.
 *
 * @param status of the answer; 0 where none came
 * @param response the beginning of the answer's body; where none came, what went wrong
 */
record AttemptResult(int status, String response, Duration duration) {

    private static final System.Logger LOG = System.getLogger(AttemptResult.class.getName());

    static AttemptResult answered(EndpointResponse response, Duration duration) {
        return new AttemptResult(response.status(), response.body(), duration);
    }

    static AttemptResult failed(Throwable error, Duration duration) {
        return new AttemptResult(0, describe(rootOf(error)), duration);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (isWrapper(root) && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof TransportFault;
    }

    private static String describe(Throwable error) {
        if (error instanceof BlockedAddressException) {
            return String.valueOf(error.getMessage());
        }
        if (error instanceof UnknownHostException) {
            return "the host cannot be resolved: " + error.getMessage();
        }
        if (error instanceof TimeoutException) {
            return "no complete answer within the timeout";
        }
        if (error instanceof ConnectException) {
            return "cannot connect: " + error.getMessage();
        }
        if (!(error instanceof IOException)) {
            // Not the endpoint's doing; whoever runs this node should know.
            LOG.log(WARNING, "An attempt failed unexpectedly", error);
        }
        return error.getClass().getSimpleName() + ": " + error.getMessage();
    }
}
