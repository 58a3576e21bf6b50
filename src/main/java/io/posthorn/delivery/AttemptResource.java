package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.message.Message;
import io.posthorn.message.Messages;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.Optional;

/** {@code /api/v1/app/{app_id}/attempt} */
@Path("app/{app_id}/attempt")
@RequestScoped
@Authenticated
public class AttemptResource {

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    Endpoints endpoints;

    @Inject
    Messages messages;

    @Inject
    Attempts attempts;

    @GET
    @Path("msg/{msg_id}")
    public Response ofMessage(
            @PathParam("app_id") String applicationId, @PathParam("msg_id") String messageId, @Context UriInfo uri) {
        boolean withContent = QueryParameters.bool(uri, "with_content", true);
        Optional<AttemptStatus> status = QueryParameters.parse(uri, "status", AttemptResource::status);
        PageRequest page = PageRequest.of(uri, Attempt.ID_PREFIX);
        Application application = applications.get(caller.organizationId(), applicationId);
        Message message = messages.get(application, messageId);
        Optional<String> endpoint = QueryParameters.text(uri, "endpoint_id")
                .map(idOrUid -> endpoints.get(application, idOrUid).id());
        return attempts.ofMessage(message, endpoint, status, page)
                .toResponse(attempt -> attempt.id, attempt -> AttemptOut.of(attempt, withContent));
    }

    private static AttemptStatus status(String code) {
        return Arrays.stream(AttemptStatus.values())
                .filter(status -> code.equals(Integer.toString(status.code())))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(code));
    }
}
