package io.posthorn.delivery;

import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts attempts. */
@ApplicationScoped
@Transactional
class Statistics {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    /** How often each status occurred; walks {@code posthorn_attempt_by_endpoint}. */
    Map<AttemptStatus, Long> ofEndpoint(Endpoint endpoint, StatisticsRange range) {
        Map<AttemptStatus, Long> counts = new TreeMap<>();
        entities.createQuery(
                        "SELECT a.status, COUNT(a.id) FROM Attempt a WHERE a.endpointId = :endpoint"
                                + " AND a.createdAt >= :since AND a.createdAt < :until GROUP BY a.status",
                        Object[].class)
                .setParameter("endpoint", endpoint.id())
                .setParameter("since", range.since())
                .setParameter("until", range.until())
                .getResultList()
                .forEach(row -> counts.put((AttemptStatus) row[0], (Long) row[1]));
        return counts;
    }

    /** How the attempts of an event type ended, and how many of its deliveries were canceled. */
    static final class Counts {

        long success;
        long failure;
        long canceled;

        private void add(AttemptStatus status, long count) {
            switch (status) {
                case SUCCESS -> success += count;
                case FAIL -> failure += count;
                case CANCELED -> canceled += count;
                default -> throw new IllegalArgumentException(status.name());
            }
        }
    }

    /** @param eventTypes empty for all */
    Map<String, Counts> byEventType(Application application, StatisticsRange range, Set<String> eventTypes) {
        Map<String, Counts> counts = new TreeMap<>();
        rows("SELECT m.eventType, x.status, COUNT(x.id) FROM Attempt x, Message m", "", application, range, eventTypes)
                .forEach(row -> counts.computeIfAbsent((String) row[0], type -> new Counts())
                        .add((AttemptStatus) row[1], (Long) row[2]));
        rows(
                        "SELECT m.eventType, x.status, COUNT(x.id) FROM Delivery x, Message m",
                        " AND x.status = io.posthorn.delivery.DeliveryStatus.CANCELED",
                        application,
                        range,
                        eventTypes)
                .forEach(row -> counts.computeIfAbsent((String) row[0], type -> new Counts())
                        .add(AttemptStatus.CANCELED, (Long) row[2]));
        return counts;
    }

    private List<Object[]> rows(
            String select, String and, Application application, StatisticsRange range, Set<String> eventTypes) {
        TypedQuery<Object[]> query = entities.createQuery(
                        select + " WHERE m.id = x.messageId AND m.applicationId = :application"
                                + " AND x.createdAt >= :since AND x.createdAt < :until"
                                + (eventTypes.isEmpty() ? "" : " AND m.eventType IN :types") + and
                                + " GROUP BY m.eventType, x.status",
                        Object[].class)
                .setParameter("application", application.id())
                .setParameter("since", range.since())
                .setParameter("until", range.until());
        if (!eventTypes.isEmpty()) {
            query.setParameter("types", eventTypes);
        }
        return query.getResultList();
    }
}
