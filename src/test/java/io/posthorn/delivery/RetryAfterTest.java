package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "120, 120000", "' 3 ', 3000", "1.5, 1500", "0.0001, 0", "1e2, 100000"})
    void secondsMayHaveAFraction(String text, long millis) {
        assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofMillis(millis));
    }

    @Test
    void aDateSaysTheMoment() {
        assertThat(RetryAfter.parse("Wed, 25 Nov 2026 12:01:00 GMT", NOW)).contains(Duration.ofMinutes(1));
    }

    @Test
    void aDateInThePastMeansNow() {
        assertThat(RetryAfter.parse("Wed, 25 Nov 2026 11:00:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "soon", "-5", "1 2", "NaN", "Wed, 32 Nov 2026 12:01:00 GMT", "2026-11-25T12:00:00Z"})
    void whatIsNeitherIsNothing(String text) {
        assertThat(RetryAfter.parse(text, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "1e999999999", "9e60", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void whatIsBeyondAllReasonIsAYear(String text) {
        assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofDays(366));
    }
}
