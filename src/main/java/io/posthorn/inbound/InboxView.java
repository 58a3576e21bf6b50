package io.posthorn.inbound;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.TimeWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what was received. */
@ApplicationScoped
@Transactional
class InboxView {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    /**
     * The newest events of an organization first.
     *
     * @param source the inbox of one; {@code null} for all
     * @param before only what is older is listed; {@code null} for all
     */
    List<InboxEvent> newest(
            String organizationId,
            int limit,
            @Nullable String source,
            @Nullable InboxStatus status,
            @Nullable OlderThan before) {
        var query = entities.createQuery(
                        "SELECT e FROM InboxEvent e WHERE e.organizationId = :organization"
                                + (source == null ? "" : " AND e.source = :source")
                                + (status == null ? "" : " AND e.status = :status")
                                + (before == null ? "" : " AND " + before.condition())
                                + " ORDER BY e.id DESC",
                        InboxEvent.class)
                .setParameter("organization", organizationId)
                .setMaxResults(limit);
        if (source != null) {
            query.setParameter("source", source);
        }
        if (status != null) {
            query.setParameter("status", status);
        }
        if (before != null) {
            query.setParameter("before", before.bound());
        }
        return query.getResultList();
    }

    /** Those of a source, newest first; walks {@code posthorn_inbox_by_source}. */
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

    /** The event that has to be done before this one is dispatched; empty if this one waits for none. */
    Optional<String> waitsFor(InboxEvent event) {
        return event.line == null ? Optional.empty() : new InboxLines(entities).ahead(event.id, event.line);
    }
}
