package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.message.MessageExpunged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;

/** Ends the deliveries of messages whose content is gone. */
@ApplicationScoped
class ExpungedMessages {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    @Internal
    Clock clock;

    void cancel(@Observes MessageExpunged expunged) {
        entities.createQuery(
                        "UPDATE Delivery d SET d.status = :canceled, d.dueAt = NULL, d.claim = NULL,"
                                + " d.reason = :reason, d.updatedAt = :now WHERE d.messageId = :message AND d.status = :pending")
                .setParameter("canceled", DeliveryStatus.CANCELED)
                .setParameter("pending", DeliveryStatus.PENDING)
                .setParameter("reason", "content expunged")
                .setParameter("now", OffsetDateTime.now(clock))
                .setParameter("message", expunged.messageId())
                .executeUpdate();
    }
}
