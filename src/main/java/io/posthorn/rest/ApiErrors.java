package io.posthorn.rest;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/** Gives every error of the management API the body {@code {"code","detail"}}. */
@Provider
public class ApiErrors implements ExceptionMapper<Exception> {

    /** Seconds are rounded up. */
    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    private static final System.Logger LOG = System.getLogger(ApiErrors.class.getName());

    @Override
    public Response toResponse(Exception error) {
        if (error instanceof ApiException known) {
            Response response = JsonResponse.of(known.status(), known.body());
            return known.retryAfter()
                    .map(wait -> Response.fromResponse(response)
                            .header(
                                    HttpHeaders.RETRY_AFTER,
                                    wait.plus(ALMOST_A_SECOND).toSeconds())
                            .build())
                    .orElse(response);
        }
        if (error instanceof WebApplicationException web) {
            return translate(web.getResponse());
        }
        LOG.log(ERROR, "A request to the management API failed", error);
        return toResponse(ApiException.of(500, "server_error", "Internal server error"));
    }

    private Response translate(Response response) {
        return switch (response.getStatus()) {
            // An unknown path, and a wrong method, are answered by the routing before anyone asks who is calling.
            case 404 -> toResponse(ApiException.notFound());
            case 405 -> Response.fromResponse(response).entity(null).build();
            case 413 -> toResponse(ApiException.of(413, "payload_too_large", "Payload too large"));
            default ->
                response.getStatus() >= 500
                        ? toResponse(ApiException.of(500, "server_error", "Internal server error"))
                        : toResponse(ApiException.of(response.getStatus(), "generic_error", reason(response)));
        };
    }

    private static String reason(Response response) {
        return response.getStatusInfo().getReasonPhrase();
    }
}
