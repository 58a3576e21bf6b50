package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code /api/v1/app/{app_id}/msg/{msg_id}/attempt} */
@Path("app/{app_id}/msg/{msg_id}/attempt")
@RequestScoped
@Authenticated
public class MessageAttemptResource extends ApplicationOperation {

    @PathParam("msg_id")
    String messageId;

    @Inject
    Attempts attempts;

    /** The older form of {@code /app/{app_id}/attempt/msg/{msg_id}}, which older clients use. */
    @GET
    public Response list() {
        AttemptFilter filter = AttemptFilter.of(uri, now());
        PageRequest page = PageRequest.byTime(uri, Attempt.ID_PREFIX);
        Optional<Endpoint> endpoint = QueryParameters.name(uri, "endpoint_id").map(this::endpoint);
        return attempts.ofMessage(message(messageId), endpoint, filter, page)
                .toResponse(attempt -> attempt.id, attempt -> AttemptOut.of(attempt, true));
    }

    @GET
    @Path("{attempt_id}")
    public Response get(@PathParam("attempt_id") String attempt) {
        return JsonResponse.of(200, AttemptOut.of(attempts.get(message(messageId), attempt), true));
    }

    @DELETE
    @Path("{attempt_id}/content")
    @OrganizationOnly
    public Response expunge(@PathParam("attempt_id") String attempt) {
        attempts.expunge(message(messageId), attempt);
        return Response.noContent().build();
    }
}
