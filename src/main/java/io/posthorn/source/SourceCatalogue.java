package io.posthorn.source;

import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All sources by name. */
@ApplicationScoped
public class SourceCatalogue {

    /** The source that {@code POST /webhooks} without a name goes to. */
    public static final String DEFAULT = "default";

    @Inject
    Settings settings;

    private Map<String, Source> sources;

    @PostConstruct
    void load() {
        sources = parse(settings);
    }

    /** @throws io.posthorn.config.InvalidSettingException naming the first setting of a source that cannot be used */
    public static Map<String, Source> parse(Settings settings) {
        SourceParser parser = new SourceParser(
                settings.inbound().tolerance(), settings.inbound().rateLimit());
        return settings.sources().stream()
                .map(parser::parse)
                .collect(Collectors.toUnmodifiableMap(Source::name, Function.identity()));
    }

    public Optional<Source> find(String name) {
        return Optional.ofNullable(sources.get(name));
    }
}
