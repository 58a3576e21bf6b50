package io.posthorn.delivery;

import io.posthorn.config.Internal;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.task.TaskHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The outbound dead letters: deliveries that failed for good. */
@ApplicationScoped
@Transactional
class DeadLetters implements TaskHandler {

    static final String RESEND = "dead-letter.resend";
    static final String DISCARD = "dead-letter.discard";

    private static final int BATCH = 100;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Resends resends;

    @Inject
    @Internal
    Clock clock;

    /** Newest first. */
    Page<Delivery> list(DeadLetterFilter filter, PageRequest page) {
        return IdPage.read(entities, Delivery.class, filter.condition(), filter.parameters(), page, true);
    }

    /** @throws ApiException 404 if the organization has no such dead letter */
    Delivery get(String organizationId, String id) {
        Delivery delivery = entities.find(Delivery.class, id);
        if (delivery == null
                || !delivery.organizationId.equals(organizationId)
                || delivery.status != DeliveryStatus.FAILED) {
            throw ApiException.notFound();
        }
        return delivery;
    }

    Optional<Attempt> lastAttempt(Delivery delivery) {
        return entities.createQuery(
                        "SELECT a FROM Attempt a WHERE a.messageId = :message AND a.endpointId = :endpoint"
                                + " ORDER BY a.id DESC",
                        Attempt.class)
                .setParameter("message", delivery.messageId)
                .setParameter("endpoint", delivery.endpointId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** @throws ApiException 404 if there is no such dead letter, 409 if its endpoint is gone, 400 if its content is */
    void resend(String organizationId, String id) {
        Delivery delivery = get(organizationId, id);
        Endpoint endpoint = entities.find(Endpoint.class, delivery.endpointId);
        if (endpoint.isDeleted()) {
            throw ApiException.conflict("The endpoint of this dead letter has been deleted");
        }
        resends.byHand(entities.find(Message.class, delivery.messageId), endpoint);
    }

    /** @throws ApiException 404 if there is no such dead letter */
    void discard(String organizationId, String id) {
        discard(List.of(get(organizationId, id).id));
    }

    private int discard(Collection<String> ids) {
        return ids.isEmpty()
                ? 0
                : entities.createQuery("UPDATE Delivery d SET d.status = :canceled, d.reason = 'discarded',"
                                + " d.updatedAt = :now WHERE d.id IN :ids AND d.status = :failed")
                        .setParameter("canceled", DeliveryStatus.CANCELED)
                        .setParameter("failed", DeliveryStatus.FAILED)
                        .setParameter("now", OffsetDateTime.now(clock))
                        .setParameter("ids", ids)
                        .executeUpdate();
    }

    @Override
    public boolean handles(String task) {
        return task.equals(RESEND) || task.equals(DISCARD);
    }

    @Override
    public Batch next(String task, JsonObject parameters, Optional<String> from) {
        DeadLetterFilter filter = DeadLetterFilter.from(parameters);
        TypedQuery<String> query = entities.createQuery(
                "SELECT e.id FROM Delivery e WHERE " + filter.condition() + " AND e.id > :from ORDER BY e.id",
                String.class);
        filter.parameters().forEach(query::setParameter);
        List<String> ids =
                query.setParameter("from", from.orElse("")).setMaxResults(BATCH).getResultList();
        int done = task.equals(RESEND) ? resends.byHand(ids) : discard(ids);
        return new Batch(done, ids.size() < BATCH ? Optional.empty() : Optional.of(ids.get(ids.size() - 1)));
    }
}
