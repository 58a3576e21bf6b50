package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/** {@code /api/v1/app/{app_id}/stats/attempts} */
@Path("app/{app_id}/stats/attempts")
@RequestScoped
@Authenticated
public class ApplicationStatsResource extends ApplicationOperation {

    @Inject
    Statistics statistics;

    @GET
    public Response get() {
        StatisticsRange range = StatisticsRange.of(uri, "since", "until", now());
        Set<String> types = QueryParameters.names(uri, "event_types");
        Map<String, Statistics.Counts> counts = statistics.byEventType(application(), range, types);
        JsonObjectBuilder byType = JSON.createObjectBuilder();
        counts.forEach((type, count) -> byType.add(
                type,
                JSON.createObjectBuilder()
                        .add("success", count.success)
                        .add("failure", count.failure)
                        .add("canceled", count.canceled)));
        return JsonResponse.of(
                200,
                JSON.createObjectBuilder()
                        .add("by_event_type", byType)
                        .add("total_success", total(counts, count -> count.success))
                        .add("total_failure", total(counts, count -> count.failure))
                        .add("total_canceled", total(counts, count -> count.canceled))
                        .add("since", range.since().toInstant().toString())
                        .add("until", range.until().toInstant().toString())
                        .build());
    }

    private static long total(Map<String, Statistics.Counts> counts, ToLongFunction<Statistics.Counts> of) {
        return counts.values().stream().mapToLong(of).sum();
    }
}
