package io.posthorn.delivery;

import io.posthorn.delivery.AddressGuard.BlockedAddressException;
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

    static AttemptResult answered(EndpointResponse response, Duration duration) {
        return new AttemptResult(response.status(), response.body(), duration);
    }

    static AttemptResult failed(Throwable error, Duration duration) {
        return new AttemptResult(0, describe(rootOf(error)), duration);
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isAnswered() {
        return status != 0;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null
                && (root instanceof CompletionException
                        || root instanceof ExecutionException
                        || root instanceof TransportFault)) {
            root = root.getCause();
        }
        return root;
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
        return error.getClass().getSimpleName() + ": " + error.getMessage();
    }
}
