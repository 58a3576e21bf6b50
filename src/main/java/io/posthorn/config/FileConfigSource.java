package io.posthorn.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The properties file that {@code -Dposthorn.config=<path>} or {@code POSTHORN_CONFIG} names, below system properties
 * and environment variables in rank, above what an application bundles.
 *
 * <p>It also hands {@code posthorn.delivery.timeout} to MicroProfile Fault Tolerance, whose {@code @Timeout} can only
 * be set through its own key.
 */
public final class FileConfigSource implements ConfigSource {

    static final String KEY = "posthorn.config";

    private static final String FAULT_TOLERANCE_TIMEOUT = "io.posthorn.delivery.WebhookSender/send/Timeout/value";

    private final Map<String, String> properties;

    public FileConfigSource() {
        this.properties = setting(KEY).map(FileConfigSource::load).orElse(Map.of());
    }

    @Override
    public Map<String, String> getProperties() {
        return properties;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(FAULT_TOLERANCE_TIMEOUT) ? deliveryTimeoutMillis() : properties.get(name);
    }

    @Override
    public String getName() {
        return KEY;
    }

    /** Between environment variables (300) and bundled defaults (100), as MicroProfile Config ranks them. */
    @Override
    public int getOrdinal() {
        return 200;
    }

    private @Nullable String deliveryTimeoutMillis() {
        Optional<String> timeout = setting(DeliverySettings.TIMEOUT)
                .or(() -> Optional.ofNullable(properties.get(DeliverySettings.TIMEOUT)));
        try {
            return timeout.map(text -> Long.toString(Duration.parse(text).toMillis()))
                    .orElse(null);
        } catch (DateTimeException | ArithmeticException reportedBySettings) {
            return null;
        }
    }

    private static Optional<String> setting(String key) {
        return Optional.ofNullable(System.getProperty(key))
                .or(() -> Optional.ofNullable(
                        System.getenv(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))));
    }

    private static Map<String, String> load(String file) {
        Properties loaded = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            loaded.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSettingException(KEY, file, "a properties file that can be read");
        }
        Map<String, String> properties = new TreeMap<>();
        loaded.stringPropertyNames().forEach(name -> properties.put(name, loaded.getProperty(name)));
        return Map.copyOf(properties);
    }
}
