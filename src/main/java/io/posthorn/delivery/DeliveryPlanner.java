package io.posthorn.delivery;

import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.EndpointDeleted;
import io.posthorn.message.Message;
import io.posthorn.message.MessageExpunged;
import io.posthorn.message.MessagesCreated;
import io.posthorn.message.MessagesCreated.FanOut;
import io.posthorn.persistence.Rows;
import io.posthorn.rest.Ids;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Fans messages out: one delivery for each endpoint of each, in the transaction that stores them. */
@ApplicationScoped
class DeliveryPlanner {

    static final String ENDPOINT_DISABLED = "endpoint disabled";
    static final String ENDPOINT_DELETED = "endpoint deleted";
    static final String CONTENT_EXPUNGED = "content expunged";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Rows rows;

    @Inject
    Ids ids;

    @Inject
    DatabaseTime time;

    @Inject
    DeliveryEngine engine;

    @Inject
    Event<DeliveriesStored> stored;

    /**
     * Fired in the transaction that stores deliveries.
     *
     * @param dueIds of those that are to be sent at once
     */
    record DeliveriesStored(List<String> dueIds) {}

    void plan(@Observes MessagesCreated created) {
        OffsetDateTime now = time.now();
        List<Delivery> deliveries = new ArrayList<>();
        for (FanOut fanOut : created.fanOuts()) {
            for (Endpoint endpoint : fanOut.endpoints()) {
                deliveries.add(delivery(fanOut.message(), endpoint, now));
            }
        }
        rows.insert(Delivery.INSERTION, deliveries);
        stored.fire(new DeliveriesStored(deliveries.stream()
                .filter(delivery -> delivery.dueAt != null)
                .map(delivery -> delivery.id)
                .toList()));
    }

    private Delivery delivery(Message message, Endpoint endpoint, OffsetDateTime now) {
        Delivery delivery = Delivery.due(ids.next(Delivery.ID_PREFIX), message, endpoint, now);
        if (endpoint.isDisabled()) {
            // Kept, so that it can be told why nothing came, and be made up for.
            delivery.cancel(ENDPOINT_DISABLED);
        }
        return delivery;
    }

    /** Nothing is sent before the commit, and nothing after a rollback. */
    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) DeliveriesStored deliveries) {
        engine.wakeForNew(deliveries.dueIds());
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) AttemptsRequested requested) {
        requested.alone().ifPresentOrElse(engine::wakeFor, engine::wake);
    }

    void cancel(@Observes EndpointDeleted deleted) {
        cancel("d.endpointId", deleted.endpointId(), ENDPOINT_DELETED);
    }

    void cancel(@Observes MessageExpunged expunged) {
        cancel("d.messageId", expunged.messageId(), CONTENT_EXPUNGED);
    }

    /** What is on its way keeps its claim: with that, its attempt is recorded. */
    private void cancel(String attribute, String id, String reason) {
        entities.createQuery("UPDATE Delivery d SET d.status = :canceled, d.dueAt = NULL,"
                        + " d.manualDue = 0, d.reason = :reason, d.updatedAt = :now WHERE " + attribute
                        + " = :id AND d.status = :pending")
                .setParameter("canceled", DeliveryStatus.CANCELED)
                .setParameter("pending", DeliveryStatus.PENDING)
                .setParameter("reason", reason)
                .setParameter("now", time.now())
                .setParameter("id", id)
                .executeUpdate();
    }
}
