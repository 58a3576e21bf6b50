package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Application;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/cancel-msgs} */
@Path("app/{app_id}/endpoint/{endpoint_id}/cancel-msgs")
@RequestScoped
@Authenticated
public class CancelMessagesResource extends ApplicationOperation {

    @Inject
    Deliveries deliveries;

    /** Ends the deliveries to an endpoint of messages that are older than the time given. */
    @POST
    public Response cancel(@PathParam("endpoint_id") String endpoint, RequestBody body) {
        Application application = application();
        OffsetDateTime before = JsonFields.parse(body).requiredTime("createdBefore");
        deliveries.cancel(endpoints.get(application, endpoint), before);
        return Response.noContent().build();
    }
}
