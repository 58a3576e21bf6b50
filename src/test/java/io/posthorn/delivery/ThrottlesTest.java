package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.RateLimit;
import io.posthorn.delivery.Throttles.Rates;
import io.posthorn.rest.RateLimiter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThrottlesTest {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
    private final RateLimiter limiter = new RateLimiter(nanos::get);
    private final AtomicInteger questions = new AtomicInteger();
    private final Throttles throttles = new Throttles(this::ask, nanos::get);

    @Test
    void withoutARateEverythingMayLeave() {
        assertThat(leaving(1_000, null, null)).isEqualTo(1_000);
        assertThat(throttles.heldEndpoints()).isEmpty();
        assertThat(questions).hasValue(0);
    }

    @Test
    void aRateIsSpreadOverTheSecond() {
        assertThat(leaving(100, 50, null)).isEqualTo(5);

        pass(Duration.ofMillis(99));
        assertThat(leaving(100, 50, null)).isZero();

        pass(Duration.ofMillis(1));
        assertThat(leaving(100, 50, null)).isEqualTo(5);
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
    void whatIsLeftOfAPortionIsLostWithItsTime() {
        leaving(1, 50, null);

        pass(Duration.ofMillis(100));

        assertThat(leaving(100, 50, null)).isEqualTo(5);
    }

    @Test
    void aHighRateIsAskedForTenTimesASecond() {
        for (int i = 0; i < 1_000; i++) {
            pass(Duration.ofMillis(1));
            leaving(1, 2_000, null);
        }

        assertThat(questions.get()).isBetween(10, 11);
    }

    @Test
    void nothingIsAskedForWhileNothingIsWanted() {
        leaving(1, 10, null);
        pass(Duration.ofSeconds(1));

        throttles.ask();

        assertThat(questions).hasValue(1);
    }

    @Test
    void theRateOfTheApplicationHoldsForItsEndpointsTogether() {
        Rates rates = new Rates(null, "app", 1);

        assertThat(leaves("ep_1", rates)).isTrue();
        assertThat(leaves("ep_2", rates)).isFalse();
        assertThat(throttles.heldEndpoints()).containsExactly("ep_2");
    }

    @Test
    void anEndpointIsHeldUntilItsNextDeliveryMayLeave() {
        leaving(2, 1, null);

        assertThat(throttles.heldEndpoints()).containsExactly("ep");
        assertThat(throttles.untilNext()).contains(Duration.ofSeconds(1));

        pass(Duration.ofSeconds(1));

        assertThat(throttles.heldEndpoints()).isEmpty();
        assertThat(throttles.canAsk()).isTrue();
        throttles.ask();
        assertThat(throttles.untilNext()).isEmpty();
        assertThat(throttles.mayLeave("ep")).isTrue();
    }

    @Test
    void anEndpointIsHeldWhileOtherNodesHaveItsRate() {
        limiter.take("throttle ep", new RateLimit(1, Duration.ofSeconds(1)));
        pass(Duration.ofMillis(400));

        assertThat(leaving(1, 1, null)).isZero();

        assertThat(throttles.heldEndpoints()).containsExactly("ep");
        assertThat(throttles.untilNext()).contains(Duration.ofMillis(600));
    }

    @Test
    void aNewRateCountsAtOnce() {
        leaving(2, 1, null);

        assertThat(leaving(1, 2, null)).isEqualTo(1);
        assertThat(leaving(1, null, null)).isEqualTo(1);
    }

    @Test
    void aRateIsLearnedOnce() {
        assertThat(throttles.learn("ep", new Rates(null, "app", null))).isFalse();
        assertThat(throttles.learn("ep", new Rates(5, "app", null))).isTrue();
        assertThat(throttles.learn("ep", new Rates(5, "app", null))).isFalse();
        assertThat(throttles.learn("ep", new Rates(null, "app", null))).isTrue();
    }

    private int leaving(int due, @Nullable Integer endpointRate, @Nullable Integer applicationRate) {
        Rates rates = new Rates(endpointRate, "app", applicationRate);
        return (int) IntStream.range(0, due).filter(i -> leaves("ep", rates)).count();
    }

    /** As a claim does that may find the portions used up, and looks again once others were asked for. */
    private boolean leaves(String endpointId, Rates rates) {
        throttles.learn(endpointId, rates);
        if (!throttles.mayLeave(endpointId)) {
            throttles.ask();
        }
        boolean may = throttles.mayLeave(endpointId);
        if (may) {
            throttles.take(endpointId);
        }
        return may;
    }

    private RateLimiter.Take ask(String key, RateLimit portion) {
        questions.incrementAndGet();
        return limiter.take(key, portion);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
