package io.posthorn.source;

import io.posthorn.access.Organizations;
import io.posthorn.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** All sources by name. One of the configuration comes before one that an operation created. */
@ApplicationScoped
public class SourceCatalogue {

    /** The source that {@code POST /webhooks} without a name goes to. */
    public static final String DEFAULT = "default";

    @Inject
    ConfiguredSources configured;

    @Inject
    StoredSources stored;

    /** @throws io.posthorn.config.InvalidSettingException naming the first setting of a source that cannot be used */
    public static Map<String, Source> parse(Settings settings) {
        return ConfiguredSources.parse(settings);
    }

    /** What the events of a source are stored under; empty if the organization has no such source. */
    public Optional<String> inboxOf(String organizationId, String nameOrIdOrUid) {
        return configured.has(organizationId, nameOrIdOrUid)
                ? Optional.of(nameOrIdOrUid)
                : stored.inboxOf(organizationId, nameOrIdOrUid);
    }

    /** What the source is called now whose events are stored under {@code inbox}; empty if it is there no more. */
    public Optional<String> nameOf(String organizationId, String inbox) {
        return configured.has(organizationId, inbox) ? Optional.of(inbox) : stored.nameOf(organizationId, inbox);
    }

    /** What stays with a source whatever it is called; empty if the organization has no such source. */
    public Optional<String> idOf(String organizationId, String nameOrIdOrUid) {
        return configured.has(organizationId, nameOrIdOrUid)
                ? Optional.of(nameOrIdOrUid)
                : stored.idOf(organizationId, nameOrIdOrUid);
    }

    /** @param name of a source of the configuration, or what leads to one that an operation created */
    public Optional<Source> find(String name) {
        return configured.find(name).or(() -> stored.receiving(Organizations.DEFAULT, name));
    }
}
