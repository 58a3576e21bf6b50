package io.posthorn.delivery;

import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.task.TaskHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends an endpoint again what failed, what it missed, or what a filter says, in the order of the messages. */
@ApplicationScoped
class EndpointReplays implements TaskHandler {

    /** Everything that failed within the time and has not succeeded within it, as a Svix server sees it. */
    static final String RECOVER = "endpoint.recover";

    /** Everything that would have reached the endpoint and was never attempted. */
    static final String MISSING = "endpoint.replay";

    /** Everything attempted that a filter leaves. */
    static final String BULK = "endpoint.bulk-replay";

    private static final int BATCH = 100;

    private static final String FAILED = "d.endpointId = :endpoint AND (d.attempts = 0 AND d.status = "
            + "io.posthorn.delivery.DeliveryStatus.FAILED AND d.createdAt >= :since AND d.createdAt < :until OR "
            + attemptExists("FAIL") + " AND NOT " + attemptExists("SUCCESS") + ")";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Resends resends;

    @Override
    public boolean handles(String task) {
        return Set.of(RECOVER, MISSING, BULK).contains(task);
    }

    @Override
    public Batch next(String task, JsonObject parameters, Optional<String> from) {
        ReplayScope scope = ReplayScope.from(parameters);
        return switch (task) {
            case RECOVER -> byHand(FAILED, scope.times(), from.orElse(""));
            case BULK -> byHand(scope.condition(), scope.parameters(), from.orElse(""));
            default -> missing(scope, from.orElse(""));
        };
    }

    /** Walks {@code posthorn_delivery_of_endpoint}. */
    private Batch byHand(String condition, Map<String, Object> parameters, String from) {
        TypedQuery<Delivery> query = entities.createQuery(
                "SELECT d FROM Delivery d WHERE d.messageId > :from AND " + condition + " ORDER BY d.messageId",
                Delivery.class);
        parameters.forEach(query::setParameter);
        List<Delivery> found =
                query.setParameter("from", from).setMaxResults(BATCH).getResultList();
        int done = resends.byHand(found.stream().map(delivery -> delivery.id).toList());
        return new Batch(
                done, last(found.stream().map(delivery -> delivery.messageId).toList()));
    }

    /** Walks {@code posthorn_message_by_app}. */
    private Batch missing(ReplayScope scope, String from) {
        Endpoint endpoint = entities.find(Endpoint.class, scope.endpointId());
        if (endpoint == null || endpoint.isDeleted()) {
            return new Batch(0, Optional.empty());
        }
        List<Message> found = entities.createQuery(
                        "SELECT m FROM Message m WHERE m.applicationId = :application AND m.id > :from"
                                + " AND m.createdAt >= :since AND m.createdAt < :until AND m.payload IS NOT NULL"
                                + " AND NOT EXISTS (SELECT d.id FROM Delivery d WHERE d.messageId = m.id"
                                + " AND d.endpointId = :endpoint AND (d.attempts > 0 OR d.dueAt IS NOT NULL))"
                                + " ORDER BY m.id",
                        Message.class)
                .setParameter("application", endpoint.applicationId())
                .setParameter("from", from)
                .setParameter("since", scope.since())
                .setParameter("until", scope.until())
                .setParameter("endpoint", endpoint.id())
                .setMaxResults(BATCH)
                .getResultList();
        List<Message> missed = found.stream()
                .filter(message -> endpoint.accepts(message.eventType(), message.channels()))
                .toList();
        missed.forEach(message -> resends.asNew(message, endpoint));
        return new Batch(missed.size(), last(found.stream().map(Message::id).toList()));
    }

    private static Optional<String> last(List<String> ids) {
        return ids.size() < BATCH ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
    }

    private static String attemptExists(String status) {
        return "EXISTS (SELECT a.id FROM Attempt a WHERE a.messageId = d.messageId AND a.endpointId = :endpoint"
                + " AND a.status = io.posthorn.delivery.AttemptStatus." + status
                + " AND a.createdAt >= :since AND a.createdAt < :until)";
    }
}
