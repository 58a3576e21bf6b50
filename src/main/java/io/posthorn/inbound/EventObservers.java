package io.posthorn.inbound;

import io.posthorn.config.Internal;
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

/** Who observes which events. */
@ApplicationScoped
class EventObservers {

    /** The note on an event that nobody observes. */
    static final String UNHANDLED = "unhandled";

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

    /** What an event is to be fired with. */
    Annotation[] qualifiers(String type, String source) {
        return qualifiers.of(type, source);
    }

    /** The observers of events with these qualifiers, {@link EventLog} aside. */
    List<ObserverMethod<? super ReceivedEvent>> of(Annotation... qualifiers) {
        return beanManager.resolveObserverMethods(anyEvent, qualifiers).stream()
                .filter(observer -> observer.getBeanClass() != EventLog.class)
                .toList();
    }
}
