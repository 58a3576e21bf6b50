package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code /api/v1/app/{app_id}/attempt} */
@Path("app/{app_id}/attempt")
@RequestScoped
@Authenticated
public class AttemptResource extends ApplicationOperation {

    @Inject
    Attempts attempts;

    @GET
    @Path("msg/{msg_id}")
    public Response ofMessage(@PathParam("msg_id") String message) {
        AttemptFilter filter = AttemptFilter.of(uri, now());
        PageRequest page = PageRequest.of(uri, Attempt.ID_PREFIX);
        boolean withContent = withContent();
        Optional<Endpoint> endpoint = QueryParameters.text(uri, "endpoint_id").map(this::endpoint);
        return attempts.ofMessage(message(message), endpoint, filter, page)
                .toResponse(attempt -> attempt.id, attempt -> AttemptOut.of(attempt, withContent));
    }

    @GET
    @Path("endpoint/{endpoint_id}")
    public Response ofEndpoint(@PathParam("endpoint_id") String endpoint) {
        AttemptFilter filter = AttemptFilter.of(uri, now());
        PageRequest page = PageRequest.of(uri, Attempt.ID_PREFIX);
        boolean withContent = withContent();
        return attempts.ofEndpoint(endpoint(endpoint), filter, page)
                .toResponse(attempt -> attempt.id, attempt -> AttemptOut.of(attempt, withContent));
    }
}
