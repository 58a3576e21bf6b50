package io.posthorn.delivery;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.rest.Ids;
import io.posthorn.work.DueTable;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Records an attempt and what follows from it, in one transaction. */
@ApplicationScoped
class AttemptRecorder {

    private static final System.Logger LOG = System.getLogger(AttemptRecorder.class.getName());

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    private DeliveryPolicy policy;

    @PostConstruct
    void readSettings() {
        policy = new DeliveryPolicy(
                new RetrySchedule(settings.delivery().retrySchedule(), new SecureRandom()),
                settings.delivery().nonRetryable());
    }

    /** Records nothing if the lease has been lost: another node's record is then the true one. */
    @Transactional(TxType.REQUIRES_NEW)
    void record(DueDelivery due, AttemptResult result) {
        int failures = due.delivery().attempts + (result.isSuccess() ? 0 : 1);
        Decision decision = policy.decide(result, failures);
        DueTable table = new DueTable(entities, DeliveryQueue.TABLE);
        boolean ours = decision.retryAfter().isPresent()
                ? table.release(due.id(), due.claim(), decision.retryAfter().get())
                : table.finish(due.id(), due.claim());
        if (!ours) {
            LOG.log(WARNING, "Delivery {0} was taken over or cancelled while it was being sent", due.id());
            return;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        entities.persist(attempt(due, result, now));
        update(due.id(), status(result, decision), decision.reason().orElse(null), now);
        if (decision.endpointGone()) {
            entities.find(Endpoint.class, due.endpointId()).disable("answered 410 Gone", now);
        }
    }

    /** Ends a delivery that cannot even be attempted. */
    @Transactional(TxType.REQUIRES_NEW)
    void discard(DueDelivery due, DeliveryStatus status, String reason) {
        if (new DueTable(entities, DeliveryQueue.TABLE).finish(due.id(), due.claim())) {
            update(due.id(), status, reason, OffsetDateTime.now(clock));
        }
    }

    private static DeliveryStatus status(AttemptResult result, Decision decision) {
        if (result.isSuccess()) {
            return DeliveryStatus.SUCCEEDED;
        }
        return decision.retryAfter().isPresent() ? DeliveryStatus.PENDING : DeliveryStatus.FAILED;
    }

    private void update(String id, DeliveryStatus status, @Nullable String reason, OffsetDateTime now) {
        entities.createQuery("UPDATE Delivery d SET d.status = :status, d.attempts = d.attempts + 1,"
                        + " d.reason = :reason, d.updatedAt = :now WHERE d.id = :id")
                .setParameter("status", status)
                .setParameter("reason", reason)
                .setParameter("now", now)
                .setParameter("id", id)
                .executeUpdate();
    }

    private Attempt attempt(DueDelivery due, AttemptResult result, OffsetDateTime now) {
        Attempt attempt = new Attempt();
        attempt.id = ids.next(Attempt.ID_PREFIX);
        attempt.organizationId = due.message().organizationId();
        attempt.messageId = due.message().id();
        attempt.endpointId = due.endpointId();
        attempt.url = due.endpoint().url();
        attempt.status = result.isSuccess() ? AttemptStatus.SUCCESS : AttemptStatus.FAIL;
        attempt.responseStatus = result.status();
        attempt.response = result.response();
        attempt.durationMillis = result.duration().toMillis();
        attempt.trigger = TriggerType.SCHEDULED;
        attempt.createdAt = now;
        return attempt;
    }
}
