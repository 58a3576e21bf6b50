package io.posthorn.source;

import io.posthorn.access.Organizations;
import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sources of the configuration, which belong to the default organization. Their names are their ids. */
@ApplicationScoped
class ConfiguredSources {

    @Inject
    Settings settings;

    private Map<String, Source> sources = Map.of();

    @PostConstruct
    void load() {
        sources = parse(settings);
    }

    /** @throws io.posthorn.config.InvalidSettingException naming the first setting of a source that cannot be used */
    static Map<String, Source> parse(Settings settings) {
        SourceParser parser = new SourceParser(
                settings.inbound().tolerance(),
                settings.inbound().rateLimit(),
                settings.inbound().maxBodySize());
        return settings.sources().stream()
                .map(parser::parse)
                .collect(Collectors.toUnmodifiableMap(Source::name, Function.identity()));
    }

    Optional<Source> find(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    Set<String> names() {
        return sources.keySet();
    }

    /** Whether a source of an organization has that name. */
    boolean has(String organizationId, String name) {
        return organizationId.equals(Organizations.DEFAULT) && sources.containsKey(name);
    }
}
