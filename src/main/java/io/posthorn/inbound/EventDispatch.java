package io.posthorn.inbound;

import io.posthorn.WebhookEvent;
import io.posthorn.config.Internal;
import io.posthorn.work.Claimed;
import io.posthorn.work.DueTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Hands one event to its observers, in the transaction that also marks it as processed. */
@ApplicationScoped
class EventDispatch {

    private static final String UNHANDLED = "unhandled";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Event<WebhookEvent> observers;

    @Inject
    BeanManager beanManager;

    @Inject
    @Internal
    Clock clock;

    @Inject
    @Internal
    Jsonb jsonb;

    /**
     * Calls the observers of an event that was claimed. What they throw goes to the caller, once their work has been
     * rolled back.
     *
     * @throws LeaseLostException if another node has taken the event meanwhile; this node's work is rolled back
     */
    @Transactional(TxType.REQUIRES_NEW)
    void dispatch(Claimed claimed) {
        InboxEvent row = entities.find(InboxEvent.class, claimed.id());
        if (row == null || !claimed.claim().equals(row.claim)) {
            throw new LeaseLostException(claimed.id());
        }
        ReceivedEvent event = new ReceivedEvent(row, jsonb);
        Annotation[] qualifiers = EventQualifiers.of(event.type(), event.source());
        observers.select(qualifiers).fire(event);
        markProcessed(claimed, hasObserver(event, qualifiers) ? null : UNHANDLED);
    }

    private void markProcessed(Claimed claimed, @Nullable String note) {
        // The row is changed by statement, never through the entity: only so is the claim checked as it changes.
        if (!new DueTable(entities, InboxQueue.TABLE).finish(claimed)) {
            throw new LeaseLostException(claimed.id());
        }
        entities.createQuery("UPDATE InboxEvent e SET e.status = :status, e.dispatches = e.dispatches + 1,"
                        + " e.note = :note, e.finishedAt = :now WHERE e.id = :id")
                .setParameter("status", InboxStatus.PROCESSED)
                .setParameter("note", note)
                .setParameter("now", OffsetDateTime.now(clock))
                .setParameter("id", claimed.id())
                .executeUpdate();
    }

    private boolean hasObserver(ReceivedEvent event, Annotation... qualifiers) {
        return beanManager.resolveObserverMethods(event, qualifiers).stream()
                .anyMatch(observer -> observer.getBeanClass() != EventLog.class);
    }
}
