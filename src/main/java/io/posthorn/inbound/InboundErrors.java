package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;
import static java.lang.System.Logger.Level.ERROR;

import io.posthorn.rest.ApiErrors;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonResponse;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;

/** Gives every error of receiving the body {@code {"error": "<one plain sentence>"}}. */
@Provider
@Dependent
public class InboundErrors implements ExceptionMapper<Exception> {

    private static final System.Logger LOG = System.getLogger(InboundErrors.class.getName());

    private static final int TOO_LARGE = Response.Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode();

    @Inject
    Refusals refusals;

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Exception error) {
        if (error instanceof InboundException refused) {
            refusals.tell(request, refused);
            Response.ResponseBuilder response =
                    Response.fromResponse(JsonResponse.of(refused.status(), body(refused.sentence())));
            refused.headers().forEach(response::header);
            return response.build();
        }
        if (error instanceof ApiException api) {
            return ApiErrors.response(api, body(api.detail()));
        }
        if (error instanceof WebApplicationException web) {
            if (web.getResponse().getStatus() == TOO_LARGE) {
                // By the limit of all sources, which is held to before anyone looks for the one that the path names.
                refusals.tell("a source that was not looked for", InboundException.tooLarge());
            }
            // Keeps headers such as Allow of a 405.
            return Response.fromResponse(web.getResponse())
                    .entity(body(sentence(web.getResponse())).toString().getBytes(StandardCharsets.UTF_8))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build();
        }
        LOG.log(ERROR, "Receiving a webhook failed", error);
        return JsonResponse.of(500, body("Internal server error"));
    }

    private static String sentence(Response response) {
        return response.getStatus() == TOO_LARGE
                ? "Payload too large"
                : response.getStatusInfo().getReasonPhrase();
    }

    static JsonObject body(String sentence) {
        return JSON.createObjectBuilder().add("error", sentence).build();
    }
}
