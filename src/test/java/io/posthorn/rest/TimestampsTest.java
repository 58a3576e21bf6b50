package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25T12:00:00Z",
                "2026-11-25T12:00:00.000000000Z",
                "2026-11-25t12:00:00z",
                "2026-11-25 12:00:00 UTC",
                "2026-11-25 12:00:00.000 UTC",
                "2026-11-25T13:00:00+01:00",
                "2026-11-25T13:00:00+0100",
                "2026-11-25T13:00:00 01:00",
                "2026-11-25 13:00:00 +01:00",
                "2026-11-25T10:30:00-01:30"
            })
    void aMomentHasManyForms(String text) {
        assertThat(Timestamps.parse(text).toInstant()).isEqualTo(Instant.parse("2026-11-25T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-25",
                "2026-11-25T12:00:00",
                "2026-13-25T12:00:00Z",
                "1764072000",
                "-999999999-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z"
            })
    void whatIsNoMomentIsRefused(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
