package io.posthorn.source;

import io.posthorn.config.Settings;
import io.posthorn.config.StartOrder;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
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

    /** @throws io.posthorn.config.InvalidSettingException naming the first setting of a source that cannot be used */
    @PostConstruct
    void load() {
        SourceParser parser = new SourceParser(settings.inbound().tolerance());
        sources = settings.sources().stream()
                .map(parser::parse)
                .collect(Collectors.toUnmodifiableMap(Source::name, Function.identity()));
    }

    /** Reads the sources before the first webhook comes, so that a mistake in them stops the start. */
    void check(@Observes @Priority(StartOrder.CHECKS) @Initialized(ApplicationScoped.class) Object start) {}

    public Optional<Source> find(String name) {
        return Optional.ofNullable(sources.get(name));
    }
}
