package io.posthorn.delivery;

import io.posthorn.rest.QueryParameters;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Arrays;

/** The time that one number of a series counts, with the name that the Svix API gives it. */
enum StatisticsPeriod {
    ONE_DAY("OneDay", Duration.ofDays(1)),
    ONE_HOUR("OneHour", Duration.ofHours(1)),
    FIVE_MINUTES("FiveMinutes", Duration.ofMinutes(5));

    private final String text;
    private final Duration length;

    StatisticsPeriod(String text, Duration length) {
        this.text = text;
        this.length = length;
    }

    String text() {
        return text;
    }

    Duration length() {
        return length;
    }

    /** How many of them a range has, the last of which may be cut short; none where it ends before it begins. */
    int countIn(StatisticsRange range) {
        Duration whole = Duration.between(range.since(), range.until());
        return Math.toIntExact(Math.max(0, whole.plus(length).minusNanos(1).dividedBy(length)));
    }

    /** Reads {@code period}; days unless the client says otherwise. */
    static StatisticsPeriod of(UriInfo uri) {
        return QueryParameters.parse(
                        uri,
                        "period",
                        text -> Arrays.stream(values())
                                .filter(period -> period.text.equals(text))
                                .findFirst()
                                .orElseThrow())
                .orElse(ONE_DAY);
    }
}
