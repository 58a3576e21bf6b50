package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeWindowTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-25T12:00:00Z");

    @Test
    void withoutLimitsItReachesBackNinetyDaysAndAheadAnHour() {
        assertThat(TimeWindow.of(Optional.empty(), Optional.empty(), NOW))
                .isEqualTo(new TimeWindow(NOW.minusDays(90), NOW.plusHours(1)));
    }

    @Test
    void aBeginningOfTheClientsCountsHoweverLongAgo() {
        OffsetDateTime after = NOW.minusDays(400);

        assertThat(TimeWindow.of(Optional.of(after), Optional.empty(), NOW))
                .isEqualTo(new TimeWindow(after, NOW.plusHours(1)));
    }

    @Test
    void anEndOfTheClientsIsWhatNinetyDaysAreCountedFrom() {
        OffsetDateTime before = NOW.minusDays(200);

        assertThat(TimeWindow.of(Optional.empty(), Optional.of(before), NOW))
                .isEqualTo(new TimeWindow(before.minusDays(90), before));
    }

    @Test
    void anEndInTheFutureDoesNotShortenTheLookBack() {
        assertThat(TimeWindow.of(Optional.empty(), Optional.of(NOW.plusDays(30)), NOW))
                .isEqualTo(new TimeWindow(NOW.minusDays(90), NOW.plusDays(30)));
    }
}
