package io.posthorn.config;

import java.util.Optional;

/**
 * The keys {@code posthorn.api.…}.
 *
 * @param rateLimit of each token; empty for none
 * @param maxBodySize in bytes; the Svix server takes 2 MiB
 */
public record ApiSettings(Optional<RateLimit> rateLimit, int maxBodySize) {

    static ApiSettings from(SettingReader reader) {
        return new ApiSettings(
                reader.parse("posthorn.api.rate-limit", Optional.empty(), RateLimit.ALLOWED, RateLimit::parse),
                reader.positiveInt("posthorn.api.max-body-size", 2_097_152));
    }
}
