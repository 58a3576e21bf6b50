package io.posthorn.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the settings once, and gives the clock that everything tells the time by. */
@ApplicationScoped
class SettingsProducer {

    @Produces
    @Singleton
    Settings settings() {
        return Settings.from(ConfigProvider.getConfig());
    }

    @Produces
    @Singleton
    @Internal
    Clock clock() {
        // Both databases keep microseconds; finer times would change between an answer and the next look.
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
