package io.posthorn.source;

import io.posthorn.access.Organizations;
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

    @Inject
    StoredSources stored;

    private Map<String, Source> sources;

    @PostConstruct
    void load() {
        sources = parse(settings);
    }

    /** @throws io.posthorn.config.InvalidSettingException naming the first setting of a source that cannot be used */
    public static Map<String, Source> parse(Settings settings) {
        SourceParser parser = new SourceParser(
                settings.inbound().tolerance(),
                settings.inbound().rateLimit(),
                settings.inbound().maxBodySize());
        return settings.sources().stream()
                .map(parser::parse)
                .collect(Collectors.toUnmodifiableMap(Source::name, Function.identity()));
    }

    /** What the events of a source are stored under; empty if the organization has no such source. */
    public Optional<String> nameOf(String organizationId, String nameOrIdOrUid) {
        return isConfigured(organizationId, nameOrIdOrUid)
                ? Optional.of(nameOrIdOrUid)
                : stored.nameOf(organizationId, nameOrIdOrUid);
    }

    /** What stays with a source whatever it is called; empty if the organization has no such source. */
    public Optional<String> idOf(String organizationId, String nameOrIdOrUid) {
        return isConfigured(organizationId, nameOrIdOrUid)
                ? Optional.of(nameOrIdOrUid)
                : stored.idOf(organizationId, nameOrIdOrUid);
    }

    /** @param name of a source of the configuration, or what leads to one that an operation created */
    public Optional<Source> find(String name) {
        Source configured = sources.get(name);
        return configured != null ? Optional.of(configured) : stored.receiving(Organizations.DEFAULT, name);
    }

    private boolean isConfigured(String organizationId, String name) {
        return organizationId.equals(Organizations.DEFAULT) && sources.containsKey(name);
    }
}
