package io.posthorn.delivery;

import io.posthorn.access.Authenticated;
import io.posthorn.endpoint.Application;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.OffsetDateTime;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/recover} */
@Path("app/{app_id}/endpoint/{endpoint_id}/recover")
@RequestScoped
@Authenticated
public class RecoverResource extends EndpointReplayOperation {

    /** People ask for "two weeks ago", by a clock that is not quite ours. */
    private static final Duration MAX_WINDOW = Duration.ofDays(14).plusMinutes(5);

    @POST
    public Response recover(RequestBody body) {
        Application application = application();
        JsonFields fields = JsonFields.parse(body);
        OffsetDateTime since = fields.requiredTime("since");
        OffsetDateTime until = fields.optionalTime("until").orElse(now());
        if (since.isBefore(until.minus(MAX_WINDOW))) {
            throw ApiException.invalid("since", "must be at most 14 days before until");
        }
        return start(
                EndpointReplays.RECOVER,
                ReplayScope.of(endpoints.get(application, endpointId).id(), since, until));
    }
}
