package io.posthorn.faults.inside;

import io.posthorn.config.Internal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** In the place of Posthorn's clock: wrong by what a file says, if there is one. */
@Alternative
@Priority(1)
@ApplicationScoped
public class JumpingClock {

    /** The system property with the path of the file, which has an ISO-8601 duration. */
    public static final String ERROR = "test.clock.error";

    @Produces
    @Singleton
    @Internal
    Clock clock() {
        return new Wrong(Path.of(System.getProperty(ERROR)));
    }

    private static final class Wrong extends Clock {

        private final Path error;

        Wrong(Path error) {
            this.error = error;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            Instant right =
                    Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000)).instant();
            try {
                return Files.exists(error) ? right.plus(Duration.parse(Files.readString(error))) : right;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
