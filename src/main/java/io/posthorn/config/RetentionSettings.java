package io.posthorn.config;

import java.time.Duration;

/**
 * How long finished work is kept. What is pending, and what duplicates are known by, has its own time.
 *
 * @param payload of messages, unless a message says otherwise, and of received events
 * @param attempts with the deliveries and messages that they belong to
 * @param interval between two sweeps
 */
public record RetentionSettings(Duration payload, Duration attempts, Duration interval) {

    private static final Duration DEFAULT = Duration.ofDays(90);

    static RetentionSettings from(SettingReader reader) {
        return new RetentionSettings(
                reader.duration("posthorn.retention.payload", DEFAULT),
                reader.duration("posthorn.retention.attempts", DEFAULT),
                reader.duration("posthorn.retention.interval", Duration.ofMinutes(1)));
    }
}
