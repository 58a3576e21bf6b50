package io.posthorn.config;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as users write them in schedules: seconds, decimals allowed down to a millisecond. */
public final class Seconds {

    private Seconds() {}

    /** @throws IllegalArgumentException if it is negative, finer than a millisecond or longer than anything lasts */
    public static Duration toDuration(BigDecimal seconds) {
        try {
            Duration duration = Duration.ofMillis(seconds.movePointRight(3).longValueExact());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (ArithmeticException e) {
            // Reported below, like every other number that is no duration.
        }
        throw new IllegalArgumentException("no number of seconds: " + seconds);
    }

    public static BigDecimal of(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
