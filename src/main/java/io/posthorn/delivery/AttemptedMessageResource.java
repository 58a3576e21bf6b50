package io.posthorn.delivery;

import static java.util.Objects.requireNonNull;

import io.posthorn.access.Authenticated;
import io.posthorn.message.Message;
import io.posthorn.message.MessageFilter;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.TimeWindow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/msg} */
@Path("app/{app_id}/endpoint/{endpoint_id}/msg")
@RequestScoped
@Authenticated
public class AttemptedMessageResource extends ApplicationOperation {

    @Inject
    Deliveries deliveries;

    /** The messages that have been attempted to an endpoint, newest first, with what came of each. */
    @GET
    public Response list(@PathParam("endpoint_id") String endpointId) {
        boolean withContent = withContent();
        Optional<AttemptStatus> status = AttemptStatus.of(uri);
        MessageFilter filter = MessageFilter.of(uri);
        TimeWindow time = TimeWindow.of(uri, now());
        PageRequest page = PageRequest.byTime(uri, "msg_");
        Page<Delivery> found = deliveries.attemptedTo(endpoint(endpointId), status, filter, time, page);
        Map<String, Message> byId = messages.byId(
                found.items().stream().map(delivery -> delivery.messageId).toList());
        return found.toResponse(
                delivery -> delivery.messageId,
                delivery -> DeliveryOut.attempted(delivery, requireNonNull(byId.get(delivery.messageId)), withContent));
    }
}
