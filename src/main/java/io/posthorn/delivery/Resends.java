package io.posthorn.delivery;

import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.Ids;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Optional;

/**
 * Makes deliveries due again. An attempt made by hand ignores filters, is not retried, and takes the place of the retries
 * to come; asked for while another attempt is on its way, it follows that one.
 */
@ApplicationScoped
@Transactional
class Resends {

    private static final String BY_HAND = "UPDATE Delivery d SET d.manualDue = d.manualDue + 1, d.status = :pending,"
            + " d.reason = NULL, d.updatedAt = :now, d.dueAt = CASE WHEN d.claim IS NULL OR d.dueAt IS NULL"
            + " THEN :now ELSE d.dueAt END"
            + " WHERE ";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Event<AttemptsRequested> requested;

    @Inject
    Ids ids;

    @Inject
    DatabaseTime time;

    /** @throws ApiException 400 if the message's content is gone */
    void byHand(Message message, Endpoint endpoint) {
        if (!message.hasPayload()) {
            throw ApiException.badRequest(
                    "missing_payload", "The message cannot be sent again: its payload has expired or been expunged");
        }
        int known = entities.createQuery(BY_HAND + "d.messageId = :message AND d.endpointId = :endpoint")
                .setParameter("pending", DeliveryStatus.PENDING)
                .setParameter("now", time.now())
                .setParameter("message", message.id())
                .setParameter("endpoint", endpoint.id())
                .executeUpdate();
        String id = known == 0 ? freshByHand(message, endpoint) : idOf(message, endpoint);
        requested.fire(new AttemptsRequested(Optional.of(id)));
    }

    private String freshByHand(Message message, Endpoint endpoint) {
        Delivery delivery = fresh(message, endpoint);
        delivery.manualDue = 1;
        entities.persist(delivery);
        return delivery.id;
    }

    private String idOf(Message message, Endpoint endpoint) {
        return entities.createQuery(
                        "SELECT d.id FROM Delivery d WHERE d.messageId = :message AND d.endpointId = :endpoint",
                        String.class)
                .setParameter("message", message.id())
                .setParameter("endpoint", endpoint.id())
                .getSingleResult();
    }

    /**
     * Sends deliveries by hand, but those that are on their way at this moment, have nothing left to send, or nowhere. One that was
     * cancelled on its way follows that attempt; should its node have died, the end of the lease.
     */
    int byHand(Collection<String> deliveryIds) {
        return deliveryIds.isEmpty()
                ? 0
                : fired(entities.createQuery(
                                BY_HAND + "d.id IN :ids AND (d.claim IS NULL OR d.dueAt IS NULL) AND EXISTS ("
                                        + "SELECT m.id FROM Message m WHERE m.id = d.messageId AND m.payload IS NOT NULL)"
                                        + " AND EXISTS (SELECT e.id FROM Endpoint e WHERE e.id = d.endpointId"
                                        + " AND e.deletedAt IS NULL)")
                        .setParameter("pending", DeliveryStatus.PENDING)
                        .setParameter("now", time.now())
                        .setParameter("ids", deliveryIds)
                        .executeUpdate());
    }

    /** Plans a delivery that was never attempted, with its whole schedule. */
    void asNew(Message message, Endpoint endpoint) {
        int known = entities.createQuery("UPDATE Delivery d SET d.status = :pending, d.reason = NULL,"
                        + " d.updatedAt = :now, d.dueAt = :now WHERE d.messageId = :message"
                        + " AND d.endpointId = :endpoint AND d.attempts = 0 AND d.dueAt IS NULL")
                .setParameter("pending", DeliveryStatus.PENDING)
                .setParameter("now", time.now())
                .setParameter("message", message.id())
                .setParameter("endpoint", endpoint.id())
                .executeUpdate();
        if (known == 0) {
            entities.persist(fresh(message, endpoint));
        }
        requested.fire(new AttemptsRequested(Optional.empty()));
    }

    private int fired(int count) {
        if (count > 0) {
            requested.fire(new AttemptsRequested(Optional.empty()));
        }
        return count;
    }

    private Delivery fresh(Message message, Endpoint endpoint) {
        return Delivery.due(ids.next(Delivery.ID_PREFIX), message, endpoint, time.now());
    }
}
