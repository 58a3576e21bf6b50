package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;

class RetryAfterFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Property
    void nobodyWaitsForLongerThanAYear(@ForAll("values") String value) {
        RetryAfter.parse(value, NOW).ifPresent(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(366)));
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> dates = DateTimes.offsetDateTimes()
                .map(time -> DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        OffsetDateTime.of(time.toLocalDateTime(), ZoneOffset.UTC)));
        Arbitrary<String> numbers =
                Arbitraries.bigDecimals().map(number -> number.abs().toString());
        return Arbitraries.oneOf(Malformed.texts(), dates, numbers);
    }
}
