package io.posthorn.inbound;

import static io.posthorn.config.InboundSettings.EVERY_ORGANIZATION;

import io.posthorn.access.Organizations;
import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.work.Claimed;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Who observes which events. */
@ApplicationScoped
class EventObservers {

    /** The note on an event that nobody observes. */
    static final String UNHANDLED = "unhandled";

    @Inject
    Settings settings;

    @Inject
    BeanManager beanManager;

    @Inject
    @Internal
    Jsonb jsonb;

    @Inject
    @Internal
    Clock clock;

    @Inject
    ObserverWatch watch;

    private ReceivedEvent anyEvent;
    private EventQualifiers qualifiers;

    @PostConstruct
    void makeEvent() {
        qualifiers = new EventQualifiers(watch.qualifiers());
        InboxEvent row = new InboxEvent();
        row.body = new byte[0];
        row.headers = "{}";
        anyEvent = new ReceivedEvent(row, "", jsonb, new Dispatch(new Claimed("", ""), clock));
    }

    /**
     * Whether an organization's events are handed to observers. These are the deployment's, and know sources by name: other
     * organizations may call theirs as they like, {@code stripe} for example.
     */
    boolean hear(String organizationId) {
        Set<String> observed = settings.inbound().observedOrganizations();
        return organizationId.equals(Organizations.DEFAULT)
                || observed.contains(organizationId)
                || observed.contains(EVERY_ORGANIZATION);
    }

    /** What an event is to be fired with. */
    Annotation[] qualifiers(String type, String source) {
        return qualifiers.of(type, source);
    }

    /** The observers of an organization's events with these qualifiers, {@link EventLog} aside. */
    List<ObserverMethod<? super ReceivedEvent>> of(String organizationId, Annotation... qualifiers) {
        if (!hear(organizationId)) {
            return List.of();
        }
        return beanManager.resolveObserverMethods(anyEvent, qualifiers).stream()
                .filter(observer -> observer.getBeanClass() != EventLog.class)
                .toList();
    }
}
