package io.posthorn.rest;

import static java.lang.System.Logger.Level.ERROR;

import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Gives every error of the management API the body {@code {"code","detail"}}. */
@Provider
public class ApiErrors implements ExceptionMapper<Exception> {

    private static final System.Logger LOG = System.getLogger(ApiErrors.class.getName());

    @Override
    public Response toResponse(Exception error) {
        if (error instanceof ApiException known) {
            return response(known, known.body());
        }
        if (error instanceof WebApplicationException web) {
            return translate(web.getResponse());
        }
        LOG.log(ERROR, "A request to the management API failed", error);
        return toResponse(ApiException.of(500, "server_error", "Internal server error"));
    }

    /** What is answered to an error, with a body that need not be its own. */
    public static Response response(ApiException error, JsonObject body) {
        Response.ResponseBuilder response = Response.fromResponse(JsonResponse.of(error.status(), body));
        error.retryAfter().ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, WaitSeconds.of(wait)));
        return response.build();
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
