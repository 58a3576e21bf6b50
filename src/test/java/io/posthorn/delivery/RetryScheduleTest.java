package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final RandomGenerator LEAST = () -> 0L;
    private static final RandomGenerator MOST = () -> -1L;
    private static final List<Duration> DELAYS = List.of(Duration.ofSeconds(5), Duration.ofSeconds(300));

    @Test
    void aDelayIsNeverShorterThanTheSchedule() {
        assertThat(new RetrySchedule(DELAYS, LEAST).jittered(Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aDelayIsAtMostAFifthLongerThanTheSchedule() {
        assertThat(new RetrySchedule(DELAYS, MOST).jittered(Duration.ofSeconds(5)))
                .isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void theSecondFailureWaitsForTheSecondDelay() {
        assertThat(new RetrySchedule(DELAYS, LEAST).delayAfter(2)).contains(Duration.ofSeconds(300));
    }

    @Test
    void aScheduleRunsOut() {
        assertThat(new RetrySchedule(DELAYS, LEAST).delayAfter(3)).isEmpty();
    }

    @Test
    void anEmptyScheduleMeansNoRetry() {
        assertThat(new RetrySchedule(List.of(), LEAST).delayAfter(1)).isEmpty();
    }

    @Test
    void aDelayOfZeroStaysZero() {
        assertThat(new RetrySchedule(List.of(Duration.ZERO), MOST).delayAfter(1))
                .contains(Duration.ZERO);
        assertThat(new RetrySchedule(DELAYS, MOST).jittered(Duration.ZERO)).isZero();
    }
}
