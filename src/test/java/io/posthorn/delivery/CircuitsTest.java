package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitsTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final Circuits circuits = new Circuits(PAUSE, nanos::get);

    @Test
    void manyFailuresInARowOpenIt() {
        fail("broken", Circuits.FAILURES_TO_OPEN - 1);
        assertThat(circuits.isOpen("broken")).isFalse();

        fail("broken", 1);
        assertThat(circuits.isOpen("broken")).isTrue();
        assertThat(circuits.isOpen("other")).isFalse();
    }

    @Test
    void tooMuchToDoOpensItAtOnce() {
        circuits.failed("overloaded", true);

        assertThat(circuits.isOpen("overloaded")).isTrue();
    }

    @Test
    void theFirstProbeComesAtOnce() {
        circuits.failed("overloaded", true);

        assertThat(circuits.isPaused("overloaded")).isFalse();
    }

    @Test
    void aPauseFollowsEachProbeThatFails() {
        circuits.failed("overloaded", true);

        for (int probe = 1; probe <= 3; probe++) {
            circuits.failed("overloaded", false);
            assertThat(circuits.isPaused("overloaded")).isTrue();
            pass(PAUSE.minusMillis(1));
            assertThat(circuits.isPaused("overloaded")).isTrue();
            pass(Duration.ofMillis(1));
            assertThat(circuits.isPaused("overloaded")).isFalse();
        }
    }

    @Test
    void oneSuccessClosesItAndEndsThePause() {
        circuits.failed("better", true);
        circuits.failed("better", true);

        circuits.succeeded("better");

        assertThat(circuits.isOpen("better")).isFalse();
        assertThat(circuits.isPaused("better")).isFalse();
        fail("better", Circuits.FAILURES_TO_OPEN - 1);
        assertThat(circuits.isOpen("better")).isFalse();
    }

    @Test
    void onlyWhatWaitsIsToldOf() {
        circuits.failed("lone", true);
        circuits.failed("lone", true);
        assertThat(circuits.waiting()).isEmpty();
        assertThat(circuits.untilNext()).isEmpty();

        assertThat(circuits.letWait("lone")).isTrue();
        assertThat(circuits.letWait("lone")).isFalse();

        assertThat(circuits.waiting()).containsExactly("lone");
        pass(Duration.ofMillis(400));
        assertThat(circuits.untilNext()).contains(Duration.ofMillis(600));
        pass(Duration.ofMillis(600));
        assertThat(circuits.waiting()).isEmpty();
        assertThat(circuits.untilNext()).isEmpty();
    }

    private void fail(String endpoint, int times) {
        for (int i = 0; i < times; i++) {
            circuits.failed(endpoint, false);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
