package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Application;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/replay-missing} */
@Path("app/{app_id}/endpoint/{endpoint_id}/replay-missing")
@RequestScoped
@Authenticated
public class ReplayMissingResource extends EndpointReplayOperation {

    @POST
    public Response replay(RequestBody body) {
        Application application = application();
        JsonFields fields = JsonFields.parse(body);
        OffsetDateTime since = fields.requiredTime("since");
        OffsetDateTime until = fields.optionalTime("until").orElse(now());
        return start(
                EndpointReplays.MISSING,
                ReplayScope.of(endpoints.get(application, endpointId).id(), since, until));
    }
}
