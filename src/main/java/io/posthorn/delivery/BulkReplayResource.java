package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Application;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/bulk-replay} */
@Path("app/{app_id}/endpoint/{endpoint_id}/bulk-replay")
@RequestScoped
@Authenticated
public class BulkReplayResource extends EndpointReplayOperation {

    @POST
    public Response replay(RequestBody body) {
        Application application = application();
        JsonFields fields = JsonFields.parse(body);
        return start(
                EndpointReplays.BULK,
                ReplayScope.of(endpoints.get(application, endpointId).id(), now(), fields));
    }
}
