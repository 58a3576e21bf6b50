package io.posthorn.inbound;

import io.posthorn.WebhookEvent;
import io.posthorn.config.Internal;
import io.posthorn.source.SourceCatalogue;
import io.posthorn.work.DueTable;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hands one event to its observers, in the transaction that also marks it as processed. */
@ApplicationScoped
class EventDispatch {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Resource
    TransactionSynchronizationRegistry transaction;

    @Inject
    Event<WebhookEvent> observers;

    @Inject
    EventObservers eventObservers;

    @Inject
    EventLog log;

    @Inject
    SourceCatalogue sources;

    @Inject
    InboxHistory history;

    @Inject
    @Internal
    Jsonb jsonb;

    /**
     * Calls the observers of an event that was claimed. What they throw, errors as well, goes to the caller, once their
     * work has been rolled back.
     *
     * @return the event if asynchronous observers are still to be called; it then stays claimed
     * @throws LeaseLostException if another node has taken the event meanwhile; this node's work is rolled back
     */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<ReceivedEvent> dispatch(Dispatch dispatch) {
        InboxEvent row = entities.find(InboxEvent.class, dispatch.eventId());
        if (row == null || !dispatch.claimed().claim().equals(row.claim)) {
            throw new LeaseLostException(dispatch.eventId());
        }
        boolean resumed = row.status == InboxStatus.PROCESSED;
        dispatch.begin(row, resumed ? history.done(row.id, row.replays) : Set.of());
        ReceivedEvent event = new ReceivedEvent(row, new SourceNames(sources).of(row), jsonb, dispatch);
        Annotation[] qualifiers = eventObservers.qualifiers(event.type(), event.source());
        List<ObserverMethod<? super ReceivedEvent>> found = eventObservers.of(row.organizationId, qualifiers);
        boolean asynchronous = found.stream().anyMatch(ObserverMethod::isAsync);
        if (!resumed) {
            handOver(event, qualifiers);
            record(dispatch, found.isEmpty() ? EventObservers.UNHANDLED : null, asynchronous);
        } else if (!asynchronous && !new DueTable(entities, InboxQueue.TABLE).finish(dispatch.claimed())) {
            throw new LeaseLostException(row.id);
        }
        if (transaction.getRollbackOnly()) {
            // Payara would roll back without a word.
            throw new IllegalStateException("An observer marked the transaction for rollback");
        }
        return asynchronous ? Optional.of(event) : Optional.empty();
    }

    private void handOver(ReceivedEvent event, Annotation[] qualifiers) {
        if (eventObservers.hear(event.organization())) {
            observers.select(qualifiers).fire(event);
        } else {
            log.log(event);
        }
    }

    private void record(Dispatch dispatch, @Nullable String note, boolean staysClaimed) {
        InboxLines lines = new InboxLines(entities);
        dispatch.line().ifPresent(lines::lock);
        markProcessed(dispatch, note, staysClaimed);
        dispatch.line().ifPresent(line -> lines.leave(dispatch.eventId(), line));
        entities.persist(DispatchRecord.of(dispatch, Optional.empty()));
        dispatch.recorded();
    }

    /** By statement, never through the entity: only so is the claim checked as the row changes. */
    private void markProcessed(Dispatch dispatch, @Nullable String note, boolean staysClaimed) {
        int marked = entities.createNativeQuery("UPDATE " + InboxQueue.TABLE + " SET"
                        + (staysClaimed ? "" : " claim = NULL, due_at = NULL,")
                        + " status = 'PROCESSED', dispatches = dispatches + 1, note = ?,"
                        + " finished_at = CURRENT_TIMESTAMP WHERE id = ? AND claim = ?")
                .setParameter(1, note)
                .setParameter(2, dispatch.eventId())
                .setParameter(3, dispatch.claimed().claim())
                .executeUpdate();
        if (marked == 0) {
            throw new LeaseLostException(dispatch.eventId());
        }
    }
}
