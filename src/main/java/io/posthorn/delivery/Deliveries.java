package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.message.MessageFilter;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.TimeWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at deliveries. */
@ApplicationScoped
@Transactional
class Deliveries {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    @Internal
    Clock clock;

    List<Delivery> of(Message message) {
        return entities.createQuery("SELECT d FROM Delivery d WHERE d.messageId = :message", Delivery.class)
                .setParameter("message", message.id())
                .getResultList();
    }

    /** Oldest endpoint first. */
    Page<Delivery> attemptedOf(Message message, PageRequest page) {
        return IdPage.read(
                entities,
                Delivery.class,
                "endpointId",
                "e.messageId = :message AND e.attempts > 0",
                Map.of("message", message.id()),
                page,
                false);
    }

    /** Newest message first; walks {@code posthorn_delivery_of_endpoint}. */
    Page<Delivery> attemptedTo(
            Endpoint endpoint,
            Optional<AttemptStatus> status,
            MessageFilter filter,
            TimeWindow time,
            PageRequest page) {
        Map<String, Object> parameters = new HashMap<>(filter.parameters());
        parameters.putAll(time.parameters());
        parameters.put("endpoint", endpoint.id());
        return IdPage.read(
                entities,
                Delivery.class,
                "messageId",
                "e.endpointId = :endpoint AND e.attempts > 0"
                        + status.map(wanted -> andStatus("e", wanted)).orElse("")
                        + " AND EXISTS (SELECT m.id FROM Message m WHERE m.id = e.messageId AND "
                        + time.condition("m.createdAt") + filter.andCondition("m") + ")",
                parameters,
                page,
                true);
    }

    /**
     * Ends what is still to be sent to an endpoint of messages older than the time given. What is on its way keeps its claim:
     * with that, its attempt is recorded.
     */
    void cancel(Endpoint endpoint, OffsetDateTime before) {
        entities.createQuery("UPDATE Delivery d SET d.status = :canceled, d.dueAt = NULL,"
                        + " d.manualDue = 0, d.reason = 'canceled by request', d.updatedAt = :now"
                        + " WHERE d.endpointId = :endpoint AND d.status = :pending AND EXISTS (SELECT m.id"
                        + " FROM Message m WHERE m.id = d.messageId AND m.createdAt < :before)")
                .setParameter("canceled", DeliveryStatus.CANCELED)
                .setParameter("pending", DeliveryStatus.PENDING)
                .setParameter("now", OffsetDateTime.now(clock))
                .setParameter("endpoint", endpoint.id())
                .setParameter("before", before)
                .executeUpdate();
    }

    /** How a message stands with an endpoint. */
    static String andStatus(String alias, AttemptStatus status) {
        return " AND "
                + switch (status) {
                    case SUCCESS -> is(alias, DeliveryStatus.SUCCEEDED);
                    case SENDING -> is(alias, DeliveryStatus.PENDING);
                    case FAIL -> is(alias, DeliveryStatus.FAILED);
                    case CANCELED -> is(alias, DeliveryStatus.CANCELED);
                    // What has not been attempted is not in the list.
                    case PENDING -> "1 = 0";
                };
    }

    private static String is(String alias, DeliveryStatus status) {
        return alias + ".status = " + DeliveryStatus.class.getName() + "." + status.name();
    }
}
