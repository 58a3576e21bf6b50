package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.QueryParameters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** {@code /api/v1/stats/app/{app_id}/attempt} */
@Path("stats/app/{app_id}/attempt")
@RequestScoped
@Authenticated
public class StatisticsSeriesResource extends ApplicationOperation {

    @Inject
    StatisticsSeries series;

    @GET
    public Response get() {
        StatisticsRange range = StatisticsRange.of(uri, "startDate", "endDate", now());
        StatisticsPeriod period = StatisticsPeriod.of(uri);
        Set<String> types = QueryParameters.names(uri, "event_types");
        Map<AttemptStatus, long[]> counts = series.of(application(), range, period, types);
        JsonObjectBuilder data = JSON.createObjectBuilder()
                .add("successCount", array(counts, AttemptStatus.SUCCESS))
                .add("failureCount", array(counts, AttemptStatus.FAIL))
                .add("canceledCount", array(counts, AttemptStatus.CANCELED));
        return JsonResponse.of(
                200,
                JSON.createObjectBuilder()
                        .add("startDate", range.since().toInstant().toString())
                        .add("endDate", range.until().toInstant().toString())
                        .add("period", period.text())
                        .add("data", data)
                        .build());
    }

    private static JsonArrayBuilder array(Map<AttemptStatus, long[]> counts, AttemptStatus status) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        Arrays.stream(counts.getOrDefault(status, new long[0])).forEach(array::add);
        return array;
    }
}
