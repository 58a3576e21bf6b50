package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Application;
import io.posthorn.message.Message;
import io.posthorn.rest.JsonResponse;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /api/v1/app/{app_id}/msg/{msg_id}/delivery} */
@Path("app/{app_id}/msg/{msg_id}/delivery")
@RequestScoped
@Authenticated
public class MessageDeliveryResource extends ApplicationOperation {

    @Inject
    Deliveries deliveries;

    /** What became of a message at each endpoint of its application, and why; an operation of Posthorn's own. */
    @GET
    public Response list(@PathParam("msg_id") String messageId) {
        Application application = application();
        Message message = messages.get(application, messageId);
        Map<String, Delivery> byEndpoint = deliveries.of(message).stream()
                .collect(Collectors.toMap(delivery -> delivery.endpointId, Function.identity()));
        JsonArrayBuilder data = JSON.createArrayBuilder();
        endpoints.all(application).stream()
                .filter(endpoint -> !byEndpoint.containsKey(endpoint.id()))
                .forEach(endpoint -> data.add(DeliveryOut.none(message, endpoint)));
        byEndpoint.values().stream()
                .sorted(Comparator.comparing(delivery -> delivery.id))
                .forEach(delivery -> data.add(DeliveryOut.of(delivery, message)));
        JsonArray all = data.build();
        JsonObjectBuilder json = JSON.createObjectBuilder().add("data", all);
        if (all.isEmpty()) {
            json.add("reason", "the application has no endpoint");
        }
        return JsonResponse.of(200, json.build());
    }
}
