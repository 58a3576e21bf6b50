package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.EndpointDeleted;
import io.posthorn.message.Message;
import io.posthorn.message.MessageCreated;
import io.posthorn.rest.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;

/** Fans a message out: one delivery for each of its endpoints, in the transaction that stores the message. */
@ApplicationScoped
class DeliveryPlanner {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    DeliveryEngine engine;

    void plan(@Observes MessageCreated created) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        for (Endpoint endpoint : created.endpoints()) {
            entities.persist(delivery(created.message(), endpoint, now));
        }
    }

    private Delivery delivery(Message message, Endpoint endpoint, OffsetDateTime now) {
        Delivery delivery = new Delivery();
        delivery.id = ids.next(Delivery.ID_PREFIX);
        delivery.organizationId = message.organizationId();
        delivery.messageId = message.id();
        delivery.endpointId = endpoint.id();
        delivery.dueAt = now;
        delivery.createdAt = now;
        delivery.updatedAt = now;
        return delivery;
    }

    /** Nothing is sent before the commit, and nothing after a rollback. */
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) MessageCreated created) {
        engine.wake();
    }

    void cancel(@Observes EndpointDeleted deleted) {
        entities.createQuery(
                        "UPDATE Delivery d SET d.status = :canceled, d.dueAt = NULL, d.claim = NULL,"
                                + " d.reason = :reason, d.updatedAt = :now WHERE d.endpointId = :endpoint AND d.status = :pending")
                .setParameter("canceled", DeliveryStatus.CANCELED)
                .setParameter("pending", DeliveryStatus.PENDING)
                .setParameter("reason", "endpoint deleted")
                .setParameter("now", OffsetDateTime.now(clock))
                .setParameter("endpoint", deleted.endpointId())
                .executeUpdate();
    }
}
