package io.posthorn.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * A configuration in memory with just what the settings use of MicroProfile Config: texts, an empty value that counts
 * as absent, and variables that answer to property names.
 */
public final class MapConfig implements Config {

    private final List<ConfigSource> sources;

    private MapConfig(List<ConfigSource> sources) {
        this.sources = sources;
    }

    /** @param namesAndValues name, value, name, value … */
    public static Config of(String... namesAndValues) {
        return new MapConfig(List.of(new PropertySource(map(namesAndValues))));
    }

    /** The same above a database in memory, so that reading it makes no data directory. */
    public static Config inMemory(Config config) {
        return layered(config, of(DatabaseSettings.URL, "jdbc:h2:mem:posthorn"));
    }

    /** The same as environment variables, which are found under every property name that maps to them. */
    static Config ofEnvironment(String... namesAndValues) {
        return new MapConfig(List.of(new EnvironmentSource(map(namesAndValues))));
    }

    /** The sources of one configuration above those of another. */
    static Config layered(Config upper, Config lower) {
        List<ConfigSource> sources = new ArrayList<>();
        upper.getConfigSources().forEach(sources::add);
        lower.getConfigSources().forEach(sources::add);
        return new MapConfig(sources);
    }

    private static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        return sources.stream()
                .map(source -> Optional.ofNullable(source.getValue(name)))
                .flatMap(Optional::stream)
                .findFirst()
                .filter(text -> !text.isEmpty())
                .map(type::cast);
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        return getOptionalValue(name, type).orElseThrow(() -> new NoSuchElementException(name));
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return sources.stream()
                .flatMap(source -> source.getPropertyNames().stream())
                .distinct()
                .toList();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return sources;
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    private static class PropertySource implements ConfigSource {

        final Map<String, String> values;

        PropertySource(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public @Nullable String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return getClass().getSimpleName();
        }
    }

    /** Looks for the exact name, for it with underscores, and for that in upper case (MicroProfile Config, 5.3.1). */
    private static final class EnvironmentSource extends PropertySource {

        EnvironmentSource(Map<String, String> variables) {
            super(variables);
        }

        @Override
        public @Nullable String getValue(String name) {
            String underscored = name.replaceAll("[^a-zA-Z0-9]", "_");
            return Stream.of(name, underscored, underscored.toUpperCase(Locale.ROOT))
                    .filter(values::containsKey)
                    .map(values::get)
                    .findFirst()
                    .orElse(null);
        }
    }
}
