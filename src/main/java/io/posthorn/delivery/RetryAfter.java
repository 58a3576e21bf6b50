package io.posthorn.delivery;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads the header {@code Retry-After}: a date, or seconds, of which a fraction is taken as well.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
 */
final class RetryAfter {

    /** Whoever wants to wait for longer than this is held to it. */
    private static final Duration MAX = Duration.ofDays(366);

    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(MAX.toSeconds());

    /** No number that anyone means is longer; it bounds what the parser has to do. */
    private static final int MAX_LENGTH = 64;

    private RetryAfter() {}

    /** @return from nothing to a year; empty if the text is neither of the two */
    static Optional<Duration> parse(String text, Instant now) {
        String trimmed = text.trim();
        if (trimmed.isEmpty() || trimmed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Character.isDigit(trimmed.charAt(0)) ? seconds(trimmed) : Optional.of(until(trimmed, now));
        } catch (DateTimeException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> seconds(String text) {
        BigDecimal seconds = new BigDecimal(text);
        // An exponent could make a number whose digits fill memory.
        if (seconds.precision() - (long) seconds.scale() > MAX_LENGTH) {
            return Optional.of(MAX);
        }
        return Optional.of(
                Duration.ofMillis(seconds.min(MAX_SECONDS).movePointRight(3).longValue()));
    }

    private static Duration until(String date, Instant now) {
        Duration wait = Duration.between(
                now,
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
