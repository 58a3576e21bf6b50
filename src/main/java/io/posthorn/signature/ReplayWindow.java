package io.posthorn.signature;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How far a signed time may lie from now. */
public enum ReplayWindow {
    /** The scheme signs no time. */
    NONE,
    /** A time ahead is taken: only an old one can be a replay. */
    PAST,
    /** To either side. */
    BOTH;

    /** @param tolerance inclusive, in whole seconds */
    boolean admits(Instant signed, Instant now, Duration tolerance) {
        try {
            Duration age = Duration.between(signed, now);
            Duration counted = this == BOTH ? age.abs() : age;
            return this == NONE || counted.truncatedTo(ChronoUnit.SECONDS).compareTo(tolerance) <= 0;
        } catch (ArithmeticException outOfRange) {
            return false;
        }
    }
}
