package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.config.Seconds;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The schedule of an endpoint as clients write and see it: seconds between attempts, none for no retry. */
final class RetryDelays {

    private static final int MAX_DELAYS = 100;
    private static final Duration MAX_DELAY = Duration.ofDays(30);
    private static final String DELAYS = "delays";

    private RetryDelays() {}

    /** @throws ApiException 422 unless there are at most 100, each from 0 to 30 days */
    static List<Duration> of(JsonFields fields) {
        List<BigDecimal> seconds = fields.requiredNumbers(DELAYS);
        if (seconds.size() > MAX_DELAYS) {
            throw ApiException.invalid(DELAYS, "must have at most " + MAX_DELAYS + " entries");
        }
        return seconds.stream().map(RetryDelays::delay).toList();
    }

    private static Duration delay(BigDecimal seconds) {
        try {
            Duration delay = Seconds.toDuration(seconds);
            if (delay.compareTo(MAX_DELAY) <= 0) {
                return delay;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, as one that is too long.
        }
        throw ApiException.invalid(
                DELAYS, "must be seconds from 0 to " + MAX_DELAY.toSeconds() + ", with at most three decimals");
    }

    /** @param inherited whether these are the installation's, as the endpoint has none of its own */
    static JsonObject toJson(List<Duration> delays, boolean inherited) {
        JsonArrayBuilder seconds = JSON.createArrayBuilder();
        delays.forEach(delay -> seconds.add(Seconds.of(delay)));
        return JSON.createObjectBuilder()
                .add(DELAYS, seconds)
                .add("inherited", inherited)
                .build();
    }
}
