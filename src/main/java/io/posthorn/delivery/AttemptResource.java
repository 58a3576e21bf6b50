package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
        PageRequest page = PageRequest.byTime(uri, Attempt.ID_PREFIX);
        Shown shown = shown();
        Optional<Endpoint> endpoint = QueryParameters.name(uri, "endpoint_id").map(this::endpoint);
        return toResponse(attempts.ofMessage(message(message), endpoint, filter, page), shown);
    }

    @GET
    @Path("endpoint/{endpoint_id}")
    public Response ofEndpoint(@PathParam("endpoint_id") String endpoint) {
        AttemptFilter filter = AttemptFilter.of(uri, now());
        PageRequest page = PageRequest.byTime(uri, Attempt.ID_PREFIX);
        Shown shown = shown();
        return toResponse(attempts.ofEndpoint(endpoint(endpoint), filter, page), shown);
    }

    /** What is told of each attempt. */
    private record Shown(boolean content, boolean message) {}

    private Shown shown() {
        return new Shown(withContent(), QueryParameters.bool(uri, "with_msg", false));
    }

    private Response toResponse(Page<Attempt> page, Shown shown) {
        Map<String, Message> byId = shown.message()
                ? messages.byId(
                        page.items().stream().map(attempt -> attempt.messageId).collect(Collectors.toSet()))
                : Map.of();
        return page.toResponse(
                attempt -> attempt.id,
                attempt -> AttemptOut.of(attempt, shown.content(), Optional.ofNullable(byId.get(attempt.messageId))));
    }
}
