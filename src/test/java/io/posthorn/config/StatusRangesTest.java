package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRangesTest {

    private final StatusRanges ranges = StatusRanges.parse("400-407, 410");

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 407, 410})
    void bothEndsOfARangeAreInIt(int status) {
        assertThat(ranges.contains(status)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 399, 408, 409, 411})
    void whatLiesBesideARangeIsNotInIt(int status) {
        assertThat(ranges.contains(status)).isFalse();
    }

    @Test
    void theOuterEndsAreTheStatusesThatHttpKnows() {
        assertThat(StatusRanges.parse("100-599").contains(599)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4xx",
                "400-",
                "-400",
                "400-407-409",
                "407-400",
                "99",
                "600",
                "400,,410",
                "400 - 407",
                "400;410"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> StatusRanges.parse(text));
    }
}
