package io.posthorn.inbound;

import io.posthorn.access.Organizations;
import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.rest.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inbox table, a transaction a call. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class InboxStore {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    Settings settings;

    /** Stores those that are new, and counts the others on the events that they repeat. */
    List<Receipt> store(List<Arrival> arrivals) {
        List<Receipt> receipts = arrivals.stream().map(this::store).toList();
        entities.flush();
        return receipts;
    }

    private Receipt store(Arrival arrival) {
        InboxKey.Id id = new InboxKey.Id(
                arrival.source().organizationId(), arrival.source().name(), DedupeKey.of(arrival));
        InboxKey key = entities.find(InboxKey.class, id);
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (key != null && key.expiresAt.isAfter(now)) {
            entities.createQuery("UPDATE InboxEvent e SET e.duplicates = e.duplicates + 1 WHERE e.id = :id")
                    .setParameter("id", key.eventId)
                    .executeUpdate();
            return new Receipt(key.eventId, true);
        }
        String eventId = insert(arrival, now);
        OffsetDateTime expiresAt = now.plus(settings.inbound().dedupeWindow());
        if (key == null) {
            entities.persist(InboxKey.of(id, eventId, expiresAt));
        } else {
            key.takeOver(eventId, expiresAt);
        }
        return new Receipt(eventId, false);
    }

    private String insert(Arrival arrival, OffsetDateTime now) {
        InboxEvent event = new InboxEvent();
        event.id = ids.next("evt_");
        event.organizationId = arrival.source().organizationId();
        event.source = arrival.source().name();
        event.externalId = arrival.externalId().orElse(null);
        event.eventType = arrival.eventType();
        event.occurredAt = arrival.occurredAt().orElse(null);
        event.receivedAt = now;
        event.headers = StoredHeaders.toJson(arrival.headers());
        event.body = arrival.body();
        event.dueAt = now;
        entities.persist(event);
        return event.id;
    }

    /**
     * The newest events first.
     *
     * @param before an event id; only what is older is listed
     */
    List<InboxEvent> list(int limit, @Nullable String source, @Nullable InboxStatus status, @Nullable String before) {
        var query = entities.createQuery(
                        "SELECT e FROM InboxEvent e WHERE e.organizationId = :organization"
                                + (source == null ? "" : " AND e.source = :source")
                                + (status == null ? "" : " AND e.status = :status")
                                + (before == null ? "" : " AND e.id < :before")
                                + " ORDER BY e.id DESC",
                        InboxEvent.class)
                .setParameter("organization", Organizations.DEFAULT)
                .setMaxResults(limit);
        if (source != null) {
            query.setParameter("source", source);
        }
        if (status != null) {
            query.setParameter("status", status);
        }
        if (before != null) {
            query.setParameter("before", before);
        }
        return query.getResultList();
    }
}
