package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.time.api.DateTimes;

class TimestampsFuzzTest {

    @Property
    void aTextIsATimeThatCanBeStoredOrNone(@ForAll("texts") String text) {
        try {
            assertStorable(Timestamps.parse(text));
        } catch (DateTimeException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @Property
    void aTimeOfAnyYearIsTakenOrRefused(
            @ForAll @IntRange(min = -999_999_998, max = 999_999_998) int year,
            @ForAll @IntRange(min = -18, max = 18) int hours) {
        OffsetDateTime time = OffsetDateTime.of(year, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(hours));
        try {
            assertStorable(Timestamps.parse(time.toString()));
        } catch (DateTimeException expected) {
            assertThat(time.withOffsetSameInstant(ZoneOffset.UTC).getYear()).matches(utc -> utc < 1 || utc > 9999);
        }
    }

    @Property
    void aTimeOfOurAgeIsReadAsItIs(@ForAll("times") OffsetDateTime time) {
        assertThat(Timestamps.parse(time.toString())).isEqualTo(time);
    }

    private static void assertStorable(OffsetDateTime time) {
        assertThat(time.withOffsetSameInstant(ZoneOffset.UTC).getYear()).isBetween(1, 9999);
    }

    @Provide
    Arbitrary<String> texts() {
        return Malformed.texts();
    }

    @Provide
    Arbitrary<OffsetDateTime> times() {
        return DateTimes.offsetDateTimes().yearBetween(1900, 2200);
    }
}
