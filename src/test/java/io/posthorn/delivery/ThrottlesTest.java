package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottlesTest {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final Throttles throttles = new Throttles(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void withoutARateEverythingMayLeave() {
        assertThat(leaving(1_000, null, null)).isEqualTo(1_000);
        assertThat(throttles.heldEndpoints()).isEmpty();
    }

    @Test
    void aRateIsSpreadOverTheSecond() {
        assertThat(leaving(100, 50, null)).isEqualTo(5);

        pass(Duration.ofMillis(20));

        assertThat(leaving(100, 50, null)).isEqualTo(1);
    }

    @Test
    void noMoreThanItsRateLeavesInASecond() {
        int left = IntStream.range(0, 1_000)
                .map(i -> {
                    pass(Duration.ofMillis(1));
                    return leaving(1, 7, null);
                })
                .sum();

        assertThat(left).isBetween(7, 8);
    }

    @Test
    void theRateOfTheApplicationHoldsForItsEndpointsTogether() {
        assertThat(throttles.tryTake("ep_1", null, "app", 1)).isTrue();
        assertThat(throttles.tryTake("ep_2", null, "app", 1)).isFalse();
        assertThat(throttles.heldEndpoints()).containsExactly("ep_2");
    }

    @Test
    void anEndpointIsHeldUntilItsNextDeliveryMayLeave() {
        leaving(2, 1, null);

        assertThat(throttles.untilNext()).contains(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));

        assertThat(throttles.heldEndpoints()).isEmpty();
        assertThat(throttles.untilNext()).isEmpty();
    }

    @Test
    void aNewRateCountsAtOnce() {
        leaving(2, 1, null);

        assertThat(leaving(1, 2, null)).isEqualTo(1);
        assertThat(leaving(1, null, null)).isEqualTo(1);
    }

    private int leaving(int due, @Nullable Integer endpointRate, @Nullable Integer applicationRate) {
        return (int) IntStream.range(0, due)
                .filter(i -> throttles.tryTake("ep", endpointRate, "app", applicationRate))
                .count();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
