package io.posthorn.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What a signed time counts since 1970. */
public enum TimestampUnit {
    /** Seconds. */
    S {
        @Override
        Instant since1970(long count) {
            return Instant.ofEpochSecond(count);
        }
    },
    /** Milliseconds. */
    MS {
        @Override
        Instant since1970(long count) {
            return Instant.ofEpochMilli(count);
        }
    };

    abstract Instant since1970(long count);

    /** Empty for what is no whole number, or beyond all times. */
    Optional<Instant> read(String text) {
        try {
            return Optional.of(since1970(Long.parseLong(text)));
        } catch (NumberFormatException | DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
