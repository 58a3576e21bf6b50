package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.rest.JsonResponse;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/stats} */
@Path("app/{app_id}/endpoint/{endpoint_id}/stats")
@RequestScoped
@Authenticated
public class EndpointStatsResource extends ApplicationOperation {

    @Inject
    Statistics statistics;

    @GET
    public Response get(@PathParam("endpoint_id") String endpoint) {
        StatisticsRange range = StatisticsRange.of(uri, "since", "until", now());
        Map<AttemptStatus, Long> counts = statistics.ofEndpoint(endpoint(endpoint), range);
        JsonObjectBuilder json = JSON.createObjectBuilder();
        for (AttemptStatus status : AttemptStatus.values()) {
            json.add(status.text(), counts.getOrDefault(status, 0L));
        }
        return JsonResponse.of(200, json.build());
    }
}
