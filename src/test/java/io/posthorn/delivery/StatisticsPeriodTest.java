package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsPeriodTest {

    private static final OffsetDateTime SINCE = OffsetDateTime.parse("2026-01-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "ONE_HOUR,     2026-01-01T10:00:00Z,        0",
        "ONE_HOUR,     2026-01-01T10:00:00.000001Z, 1",
        "ONE_HOUR,     2026-01-01T11:00:00Z,        1",
        "ONE_HOUR,     2026-01-01T11:00:00.000001Z, 2",
        "ONE_DAY,      2026-01-29T10:00:00Z,        28",
        "FIVE_MINUTES, 2026-01-29T10:00:00Z,        8064",
        "FIVE_MINUTES, 2025-12-01T00:00:00Z,        0",
    })
    void theLastOfARangeMayBeCutShort(StatisticsPeriod period, String until, int count) {
        assertThat(period.countIn(new StatisticsRange(SINCE, OffsetDateTime.parse(until))))
                .isEqualTo(count);
    }
}
