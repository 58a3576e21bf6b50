package io.posthorn.inbound;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.observe.Metrics;
import io.posthorn.work.DueTable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Tells how far the dispatch of received events is behind. */
@ApplicationScoped
@Transactional
class InboxMetrics {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Metrics metrics;

    /** Seen from outside, so that each scrape has its transaction. */
    @Inject
    InboxMetrics self;

    void register(@Observes @Priority(StartOrder.WORK) Starting starting) {
        metrics.gauge(
                "posthorn.events.oldest.due.age",
                "seconds",
                "How long the oldest event that is due has waited for its observers",
                self::oldestDueAge);
        metrics.gauge("posthorn.events.pending", "events", "Events still to be dispatched", self::pending);
        metrics.gauge(
                "posthorn.events.waiting",
                "events",
                "Those of them that wait for others in their order",
                self::waiting);
        metrics.gauge("posthorn.events.dead", "events", "Events whose observers failed for good", self::dead);
    }

    /** Walks {@code posthorn_inbox_due}. */
    Number oldestDueAge() {
        return number("SELECT COALESCE(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) - EXTRACT(EPOCH FROM MIN(due_at)), 0)"
                + " FROM posthorn_inbox_event WHERE " + DueTable.DUE);
    }

    Number pending() {
        return number("SELECT COUNT(*) FROM posthorn_inbox_event WHERE due_at IS NOT NULL")
                        .longValue()
                + waiting().longValue();
    }

    /** All who stand in lines, but for the first of each. */
    Number waiting() {
        return number("SELECT COUNT(*) - COUNT(DISTINCT line) FROM posthorn_inbox_place");
    }

    /** Walks {@code posthorn_inbox_dead}, which PostgreSQL has. */
    Number dead() {
        return number("SELECT COUNT(*) FROM posthorn_inbox_event WHERE status = 'DEAD'");
    }

    private Number number(String sql) {
        return (Number) entities.createNativeQuery(sql).getSingleResult();
    }
}
