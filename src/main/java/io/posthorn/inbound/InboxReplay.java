package io.posthorn.inbound;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.TimeWindow;
import io.posthorn.task.TaskHandler;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at a source's events, and hands them to their observers once more. */
@ApplicationScoped
@Transactional
class InboxReplay implements TaskHandler {

    static final String TASK = "source.replay";

    private static final int BATCH = 100;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    InboxDispatcher dispatcher;

    @Inject
    DatabaseTime time;

    /** Newest first; walks {@code posthorn_inbox_by_source}. */
    Page<InboxEvent> list(
            String organizationId,
            String source,
            Optional<InboxStatus> status,
            Set<String> eventTypes,
            TimeWindow time,
            PageRequest page) {
        Map<String, Object> parameters = new HashMap<>(time.parameters());
        parameters.put("organization", organizationId);
        parameters.put("source", source);
        status.ifPresent(wanted -> parameters.put("status", wanted));
        if (!eventTypes.isEmpty()) {
            parameters.put("types", eventTypes);
        }
        return IdPage.read(
                entities,
                InboxEvent.class,
                "e.organizationId = :organization AND e.source = :source AND " + time.condition("e.receivedAt")
                        + (status.isPresent() ? " AND e.status = :status" : "")
                        + (eventTypes.isEmpty() ? "" : " AND e.eventType IN :types"),
                parameters,
                page,
                true);
    }

    /** @throws ApiException 404 if the source has no such event */
    InboxEvent get(String organizationId, String source, String id) {
        InboxEvent event = entities.find(InboxEvent.class, id);
        if (event == null || !event.organizationId.equals(organizationId) || !event.source.equals(source)) {
            throw ApiException.notFound();
        }
        return event;
    }

    /** @throws ApiException 404 if the source has no such event, 409 if its observers are at work on it */
    void replay(String organizationId, String source, String id) {
        if (replay(List.of(get(organizationId, source, id).id)) == 0) {
            throw ApiException.conflict("The observers are at work on this event");
        }
    }

    /** Those that observers are at work on are left alone, so that none runs twice at the same time. */
    private int replay(Collection<String> ids) {
        return ids.isEmpty()
                ? 0
                : entities.createQuery("UPDATE InboxEvent e SET e.status = :received, e.dueAt = :now,"
                                + " e.dispatches = 0, e.replays = e.replays + 1, e.note = NULL, e.finishedAt = NULL"
                                + " WHERE e.id IN :ids AND e.claim IS NULL")
                        .setParameter("received", InboxStatus.RECEIVED)
                        .setParameter("now", time.now())
                        .setParameter("ids", ids)
                        .executeUpdate();
    }

    /** @throws ApiException 404 if the source has no such event, 409 if it is still to be dispatched */
    void discard(String organizationId, String source, String id) {
        InboxEvent event = get(organizationId, source, id);
        if (event.dueAt != null) {
            throw ApiException.conflict("The event is still to be dispatched");
        }
        entities.remove(event);
    }

    /** Has what is due dispatched soon. */
    void wake() {
        dispatcher.wake();
    }

    @Override
    public boolean handles(String task) {
        return task.equals(TASK);
    }

    @Override
    public Batch next(String task, JsonObject parameters, Optional<String> from) {
        Optional<InboxStatus> status =
                Optional.ofNullable(parameters.getString("status", null)).map(InboxStatus::valueOf);
        TypedQuery<String> query = entities.createQuery(
                        "SELECT e.id FROM InboxEvent e WHERE e.organizationId = :organization AND e.source = :source"
                                + " AND e.id > :from AND e.receivedAt >= :since AND e.receivedAt < :until"
                                + (status.isPresent() ? " AND e.status = :status" : "") + " ORDER BY e.id",
                        String.class)
                .setParameter("organization", parameters.getString("orgId"))
                .setParameter("source", parameters.getString("source"))
                .setParameter("from", from.orElse(""))
                .setParameter("since", OffsetDateTime.parse(parameters.getString("since")))
                .setParameter("until", OffsetDateTime.parse(parameters.getString("until")));
        status.ifPresent(wanted -> query.setParameter("status", wanted));
        List<String> ids = query.setMaxResults(BATCH).getResultList();
        int done = replay(ids);
        return new Batch(done, ids.size() < BATCH ? Optional.empty() : Optional.of(ids.get(ids.size() - 1)));
    }
}
