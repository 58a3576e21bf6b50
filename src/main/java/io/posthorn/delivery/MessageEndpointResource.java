package io.posthorn.delivery;

import static java.util.Objects.requireNonNull;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/app/{app_id}/msg/{msg_id}/endpoint} */
@Path("app/{app_id}/msg/{msg_id}/endpoint")
@RequestScoped
@Authenticated
public class MessageEndpointResource extends ApplicationOperation {

    @PathParam("msg_id")
    String messageId;

    @Inject
    Deliveries deliveries;

    @Inject
    Attempts attempts;

    @Inject
    Resends resends;

    /** The endpoints that a message has been attempted to, deleted ones included, with what came of it. */
    @GET
    public Response list() {
        PageRequest page = PageRequest.of(uri, "ep_");
        Page<Delivery> found = deliveries.attemptedOf(message(messageId), page);
        Map<String, Endpoint> byId = endpoints.byId(
                found.items().stream().map(delivery -> delivery.endpointId).toList());
        return found.toResponse(
                delivery -> delivery.endpointId,
                delivery -> DeliveryOut.destination(delivery, requireNonNull(byId.get(delivery.endpointId))));
    }

    /** The older form of {@code /app/{app_id}/attempt/msg/{msg_id}?endpoint_id=}. */
    @GET
    @Path("{endpoint_id}/attempt")
    public Response attempts(@PathParam("endpoint_id") String endpoint) {
        AttemptFilter filter = AttemptFilter.of(uri, now());
        PageRequest page = PageRequest.byTime(uri, Attempt.ID_PREFIX);
        return attempts.ofMessage(message(messageId), Optional.of(endpoint(endpoint)), filter, page)
                .toResponse(attempt -> attempt.id, attempt -> AttemptOut.of(attempt, true));
    }

    @POST
    @Path("{endpoint_id}/resend")
    public Response resend(@PathParam("endpoint_id") String endpoint) {
        return UniqueCreation.retried(() -> {
            resends.byHand(message(messageId), endpoint(endpoint));
            return JsonResponse.of(202, "{}");
        });
    }
}
