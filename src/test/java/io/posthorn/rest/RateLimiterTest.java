package io.posthorn.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.RateLimit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final RateLimit TWO = new RateLimit(2, Duration.ofHours(1));

    private final RateLimiter limiter = new RateLimiter();

    @Test
    void aKeyIsAdmittedAsOftenAsTheLimitSays() {
        assertThat(limiter.take("a", TWO).remaining()).isEqualTo(1);
        assertThat(limiter.take("a", TWO).admitted()).isTrue();

        RateLimiter.Take refused = limiter.take("a", TWO);

        assertThat(refused.admitted()).isFalse();
        assertThat(refused.delay()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        assertThat(refused.reset()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        assertThat(limiter.take("b", TWO).admitted()).isTrue();
    }

    @Test
    void tokensComeBackOneByOneAndNeverMoreOfThemThanTheLimitSays() {
        AtomicLong nanos = new AtomicLong();
        RateLimiter inTime = new RateLimiter(nanos::get);
        inTime.take("a", TWO);
        inTime.take("a", TWO);
        assertThat(inTime.take("a", TWO).delay()).isEqualTo(Duration.ofMinutes(30));

        nanos.addAndGet(Duration.ofMinutes(30).toNanos() - 1);
        RateLimiter.Take early = inTime.take("a", TWO);
        assertThat(early.admitted()).isFalse();
        assertThat(early.delay()).isEqualTo(Duration.ofNanos(1));

        nanos.addAndGet(1);
        assertThat(inTime.take("a", TWO)).isEqualTo(new RateLimiter.Take(true, 0, Duration.ZERO, Duration.ofHours(1)));
        assertThat(inTime.take("a", TWO).admitted()).isFalse();

        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(inTime.take("a", TWO).remaining()).isEqualTo(1);
        assertThat(inTime.take("a", TWO).admitted()).isTrue();
        assertThat(inTime.take("a", TWO).admitted()).isFalse();
    }

    @Test
    void ofManyKeysThoseThatWereNotSeenForLongestAreForgotten() {
        limiter.take("old", TWO);
        limiter.take("kept", TWO);
        for (int i = 0; i < 9_998; i++) {
            limiter.take("stranger " + i, TWO);
        }
        limiter.take("kept", TWO);
        limiter.take("one too many", TWO);

        assertThat(limiter.take("kept", TWO).admitted()).isFalse();
        assertThat(limiter.take("old", TWO).remaining()).isEqualTo(1);
    }

    @Test
    void aChangedLimitHoldsAtOnceForKeysThatAreKnown() {
        limiter.take("a", TWO);
        limiter.take("a", TWO);

        RateLimit five = new RateLimit(5, Duration.ofHours(1));
        assertThat(limiter.take("a", five).remaining()).isEqualTo(4);

        RateLimit one = new RateLimit(1, Duration.ofHours(1));
        assertThat(limiter.take("a", one).admitted()).isTrue();
        assertThat(limiter.take("a", one).admitted()).isFalse();
    }
}
