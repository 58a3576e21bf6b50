package io.posthorn.delivery;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.observe.Metrics;
import io.posthorn.work.DueTable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Locale;

/** Counts deliveries and tells how far they are behind. */
@ApplicationScoped
class DeliveryMetrics {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Metrics metrics;

    /** Seen from outside, so that each scrape has its transaction. */
    @Inject
    DeliveryMetrics self;

    void register(@Observes @Priority(StartOrder.WORK) Starting starting) {
        metrics.gauge(
                "posthorn.deliveries.oldest.due.age",
                "seconds",
                "How long the oldest delivery that is due has waited",
                self::oldestDueAge);
        metrics.gauge(
                "posthorn.deliveries.pending",
                "deliveries",
                "Deliveries that are still to be attempted",
                self::pending);
        metrics.gauge("posthorn.dead.letters", "deliveries", "Deliveries that failed for good", self::deadLetters);
    }

    void attempted(AttemptResult result, Decision decision) {
        metrics.time("posthorn.attempts", result.isSuccess() ? "success" : "failure", result.duration());
        if (decision.retryAfter().isEmpty()) {
            metrics.count("posthorn.deliveries", result.isSuccess() ? "succeeded" : "failed");
        }
    }

    void discarded(DeliveryStatus status) {
        metrics.count("posthorn.deliveries", status.name().toLowerCase(Locale.ROOT));
    }

    /** Walks {@code posthorn_delivery_due}. */
    @Transactional
    Number oldestDueAge() {
        return number("SELECT COALESCE(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) - EXTRACT(EPOCH FROM MIN(due_at)), 0)"
                + " FROM posthorn_delivery WHERE " + DueTable.DUE);
    }

    @Transactional
    Number pending() {
        return number("SELECT COUNT(*) FROM posthorn_delivery WHERE due_at IS NOT NULL");
    }

    @Transactional
    Number deadLetters() {
        return number("SELECT COUNT(*) FROM posthorn_delivery WHERE status = 'FAILED'");
    }

    private Number number(String sql) {
        return (Number) entities.createNativeQuery(sql).getSingleResult();
    }
}
