package io.posthorn.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * All settings, parsed and checked. Posthorn does not start with one that does not parse.
 *
 * @param shutdownTimeout how long a node that is stopped waits for the work that it has claimed
 */
public record Settings(
        Path dataDirectory,
        Optional<String> adminToken,
        JwtSettings jwt,
        List<String> masterKeys,
        DatabaseSettings database,
        InboundSettings inbound,
        DeliverySettings delivery,
        RetentionSettings retention,
        ApiSettings api,
        Duration shutdownTimeout,
        List<SourceSettings> sources) {

    /** @throws InvalidSettingException naming the first setting that cannot be used */
    public static Settings from(Config config) {
        SettingReader reader = new SettingReader(config);
        return new Settings(
                DataDirectory.from(reader),
                reader.text("posthorn.admin.token"),
                JwtSettings.from(reader),
                reader.list("posthorn.master-key"),
                DatabaseSettings.from(config),
                InboundSettings.from(reader),
                DeliverySettings.from(reader),
                RetentionSettings.from(reader),
                ApiSettings.from(reader),
                reader.duration("posthorn.shutdown.timeout", Duration.ofSeconds(5)),
                SourceSettings.all(config));
    }

    /**
     * How many events one node dispatches at the same time. Each holds a connection for as long as its observers take, so
     * they have half of the pool at most, and receiving does not wait for them.
     */
    public int dispatchConcurrency() {
        return Math.min(inbound.maxConcurrency(), database.maxPoolSize() / 2);
    }

    @Override
    public String toString() {
        return "Settings[" + dataDirectory + ", " + database + "]";
    }
}
