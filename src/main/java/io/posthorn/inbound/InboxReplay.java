package io.posthorn.inbound;

import io.posthorn.rest.ApiException;
import io.posthorn.task.TaskHandler;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands events to their observers once more, or discards them. */
@ApplicationScoped
@Transactional
class InboxReplay implements TaskHandler {

    static final String TASK = "source.replay";

    private static final int BATCH = 100;
    private static final Set<InboxStatus> UNSUCCESSFUL = Set.of(InboxStatus.FAILED, InboxStatus.DEAD);

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    InboxView view;

    @Inject
    InboxDispatcher dispatcher;

    @Inject
    DatabaseTime time;

    /** @throws ApiException 404 if the source has no such event, 409 if its observers are at work on it or it waits */
    void replay(String organizationId, String source, String id) {
        if (replay(List.of(view.get(organizationId, source, id).id)) == 0) {
            throw ApiException.conflict("The observers are at work on this event, or it waits for those before it");
        }
    }

    /** Those that observers are at work on, or that wait, are left alone, so that none runs twice or out of turn. */
    private int replay(Collection<String> ids) {
        // Those in lines first, as lines are locked before events.
        return ids.isEmpty() ? 0 : replayInLines(ids) + update(ids, " AND e.line IS NULL", true);
    }

    private int replayInLines(Collection<String> ids) {
        List<Object[]> events = entities.createQuery(
                        "SELECT e.id, e.line FROM InboxEvent e WHERE e.id IN :ids AND e.line IS NOT NULL ORDER BY e.id",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultList();
        InboxLines lines = new InboxLines(entities);
        lines.open(events.stream().map(event -> (String) event[1]).collect(Collectors.toSet()));
        return events.stream()
                .mapToInt(event -> replay((String) event[0], (String) event[1], lines))
                .sum();
    }

    /** An event that is done takes the last place of its line once more. */
    private int replay(String id, String line, InboxLines lines) {
        if (lines.ahead(id, line).isPresent()) {
            return 0;
        }
        boolean first = entities.find(InboxPlace.class, id) != null;
        int replayed = update(List.of(id), "", first || lines.isEmpty(line));
        if (replayed == 1 && !first) {
            lines.join(id, line);
            lines.write();
        }
        return replayed;
    }

    private int update(Collection<String> ids, String condition, boolean due) {
        Query update = entities.createQuery("UPDATE InboxEvent e SET e.status = :received, e.dueAt = "
                        + (due ? ":now" : "NULL")
                        + ", e.dispatches = 0, e.replays = e.replays + 1, e.note = NULL, e.finishedAt = NULL"
                        + " WHERE e.id IN :ids AND e.claim IS NULL AND e.status <> :received" + condition)
                .setParameter("received", InboxStatus.RECEIVED)
                .setParameter("ids", ids);
        if (due) {
            update.setParameter("now", time.now());
        }
        return update.executeUpdate();
    }

    /**
     * Removes an event, which may be one that still would be retried.
     *
     * @throws ApiException 404 if the source has no such event, 409 if its observers are at work on it or have not been
     */
    void discard(String organizationId, String source, String id) {
        InboxEvent event = view.get(organizationId, source, id);
        InboxLines lines = new InboxLines(entities);
        Optional<String> line = Optional.ofNullable(event.line);
        line.ifPresent(lines::lock);
        line.ifPresent(left -> lines.leave(id, left));
        int removed = entities.createQuery(
                        "DELETE FROM InboxEvent e WHERE e.id = :id AND e.claim IS NULL AND e.status <> :received")
                .setParameter("id", id)
                .setParameter("received", InboxStatus.RECEIVED)
                .executeUpdate();
        if (removed == 0) {
            throw ApiException.conflict("The observers are at work on this event, or have not been yet");
        }
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
        // What has succeeded is run again only by those who say so.
        Set<InboxStatus> statuses = Optional.ofNullable(parameters.getString("status", null))
                .map(status -> Set.of(InboxStatus.valueOf(status)))
                .orElse(UNSUCCESSFUL);
        TypedQuery<String> query = entities.createQuery(
                        "SELECT e.id FROM InboxEvent e WHERE e.organizationId = :organization AND e.source = :source"
                                + " AND e.id > :from AND e.receivedAt >= :since AND e.receivedAt < :until"
                                + " AND e.status IN :statuses ORDER BY e.id",
                        String.class)
                .setParameter("organization", parameters.getString("orgId"))
                .setParameter("source", parameters.getString("source"))
                .setParameter("from", from.orElse(""))
                .setParameter("since", OffsetDateTime.parse(parameters.getString("since")))
                .setParameter("until", OffsetDateTime.parse(parameters.getString("until")));
        query.setParameter("statuses", statuses);
        List<String> ids = query.setMaxResults(BATCH).getResultList();
        int done = replay(ids);
        return new Batch(done, ids.size() < BATCH ? Optional.empty() : Optional.of(ids.get(ids.size() - 1)));
    }
}
