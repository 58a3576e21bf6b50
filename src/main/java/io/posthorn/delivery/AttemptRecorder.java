package io.posthorn.delivery;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.persistence.Rows;
import io.posthorn.rest.Ids;
import io.posthorn.work.Claimed;
import io.posthorn.work.DatabaseTime;
import io.posthorn.work.DueTable;
import io.posthorn.work.InList;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Records an attempt and what follows from it, in one transaction. */
@ApplicationScoped
class AttemptRecorder {

    private static final System.Logger LOG = System.getLogger(AttemptRecorder.class.getName());

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Rows rows;

    @Inject
    Settings settings;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    DatabaseTime time;

    @Inject
    EndpointHealth health;

    @Inject
    Event<AttemptAlert> alerts;

    private final Object order = new Object();

    private DeliveryPolicy policy;

    @PostConstruct
    void readSettings() {
        policy = new DeliveryPolicy(
                new RetrySchedule(settings.delivery().retrySchedule(), new SecureRandom()),
                settings.delivery().nonRetryable(),
                settings.delivery().overloadPenalty());
    }

    /** @return what follows; empty if the lease has been lost, where another node's record is the true one */
    @Transactional(TxType.REQUIRES_NEW)
    Optional<Decision> record(DueDelivery due, AttemptResult result) {
        int failures = due.delivery().attempts + (result.isSuccess() ? 0 : 1);
        DeliveryPolicy applied =
                due.endpoint().retrySchedule().map(policy::after).orElse(policy);
        Decision decision = applied.decide(result, failures, due.trigger(), clock.instant());
        boolean hasRunOut = hasRunOut(due, applied, decision);
        health.forgetFailuresOrLock(due, result, hasRunOut);
        if (!update(due, result, decision)) {
            LOG.log(WARNING, "Delivery {0} was taken over while it was being sent", due.id());
            return Optional.empty();
        }
        Attempt attempt = attempt(due, result);
        rows.insert(Attempt.INSERTION, List.of(attempt));
        health.learn(due, decision, hasRunOut);
        AttemptAlert.after(due, attempt, decision).ifPresent(alerts::fire);
        return Optional.of(decision);
    }

    /**
     * Whether no attempt follows one that failed, or would, had the delivery not waited for so many others: with a large
     * backlog, a failing endpoint would else be disabled late, or never.
     */
    private boolean hasRunOut(DueDelivery due, DeliveryPolicy applied, Decision decision) {
        return decision.reason().isPresent()
                || (decision.retryAfter().isPresent()
                        && applied.outlasts(Duration.between(due.delivery().createdAt, time.now())));
    }

    /**
     * Records successes that change nothing but their deliveries, a few statements for all of them. A delivery that somebody
     * has asked for once more meanwhile is left: it is due again as soon as its success is recorded.
     *
     * @return the deliveries whose successes were recorded; each of the others is to be recorded by itself
     */
    @Transactional(TxType.REQUIRES_NEW)
    Set<Claimed> recordTogether(List<PlainSuccess> successes) {
        health.forgetFailures(
                successes.stream().map(success -> success.due().endpointId()).collect(Collectors.toSet()));
        Set<Claimed> ours = new DueTable(entities, DeliveryQueue.TABLE)
                .lock(successes.stream().map(success -> success.due().claimed()).toList(), "manual_due = 0");
        List<PlainSuccess> recorded = successes.stream()
                .filter(success -> ours.contains(success.due().claimed()))
                .toList();
        if (!recorded.isEmpty()) {
            List<String> delivered =
                    InList.padded(recorded.stream().map(each -> each.due().id()).toList());
            Query update = entities.createNativeQuery("UPDATE posthorn_delivery SET attempts = attempts + 1,"
                    + " claim = NULL, updated_at = CURRENT_TIMESTAMP, succeeded = TRUE, reason = NULL,"
                    + " status = 'SUCCEEDED', due_at = NULL WHERE id IN ("
                    + DueTable.marks(delivered) + ")");
            DueTable.bind(update, 1, delivered);
            update.executeUpdate();
        }
        rows.insert(
                Attempt.INSERTION,
                recorded.stream()
                        .map(success -> attempt(success.due(), success.result()))
                        .toList());
        return ours;
    }

    /** @return false if the lease has been lost */
    @Transactional(TxType.REQUIRES_NEW)
    boolean discard(DueDelivery due, DeliveryStatus status, String reason) {
        return entities.createNativeQuery("UPDATE posthorn_delivery SET manual_due = 0, due_at = NULL, claim = NULL,"
                                + " status = CASE WHEN succeeded THEN 'SUCCEEDED' ELSE '" + status + "' END,"
                                + " reason = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ? AND claim = ?")
                        .setParameter(1, reason)
                        .setParameter(2, due.id())
                        .setParameter(3, due.claim())
                        .executeUpdate()
                == 1;
    }

    /**
     * One statement, since it runs for each attempt. What somebody asked for by hand meanwhile is due at once; what somebody
     * cancelled meanwhile stays so, unless it succeeded.
     */
    private boolean update(DueDelivery due, AttemptResult result, Decision decision) {
        int byHand = due.trigger() == TriggerType.MANUAL ? 1 : 0;
        String cancelled = result.isSuccess() ? "1 = 0" : "status = 'CANCELED'";
        boolean retry = decision.retryAfter().isPresent();
        return entities.createNativeQuery("UPDATE posthorn_delivery SET attempts = attempts + 1, claim = NULL,"
                                + " updated_at = CURRENT_TIMESTAMP, manual_due = GREATEST(manual_due - " + byHand
                                + ", 0)"
                                + (result.isSuccess() ? ", succeeded = TRUE" : "")
                                + ", status = CASE WHEN manual_due > " + byHand + " THEN 'PENDING'"
                                + (retry ? "" : " WHEN succeeded THEN 'SUCCEEDED'")
                                + " WHEN " + cancelled + " THEN status"
                                + " ELSE '" + status(result, decision) + "' END"
                                + ", due_at = CASE WHEN manual_due > " + byHand + " THEN CURRENT_TIMESTAMP"
                                + " WHEN " + cancelled + " THEN NULL"
                                + " WHEN CAST(? AS BIGINT) >= 0 THEN " + DueTable.FROM_NOW + " END"
                                + ", reason = CASE WHEN " + cancelled + " THEN reason ELSE ? END"
                                + " WHERE id = ? AND claim = ?")
                        .setParameter(1, millis(decision))
                        .setParameter(2, millis(decision))
                        .setParameter(3, decision.reason().orElse(null))
                        .setParameter(4, due.id())
                        .setParameter(5, due.claim())
                        .executeUpdate()
                == 1;
    }

    private static long millis(Decision decision) {
        return decision.retryAfter().map(Duration::toMillis).orElse(-1L);
    }

    private static DeliveryStatus status(AttemptResult result, Decision decision) {
        if (result.isSuccess()) {
            return DeliveryStatus.SUCCEEDED;
        }
        return decision.retryAfter().isPresent() ? DeliveryStatus.PENDING : DeliveryStatus.FAILED;
    }

    private Attempt attempt(DueDelivery due, AttemptResult result) {
        Attempt attempt = new Attempt();
        // A list goes by ids and is cut by times: in one order, a time cuts it between two of them.
        synchronized (order) {
            attempt.id = ids.next(Attempt.ID_PREFIX);
            attempt.createdAt = OffsetDateTime.now(clock);
        }
        attempt.organizationId = due.message().organizationId();
        attempt.messageId = due.message().id();
        attempt.endpointId = due.endpointId();
        attempt.url = due.endpoint().url();
        attempt.status = result.isSuccess() ? AttemptStatus.SUCCESS : AttemptStatus.FAIL;
        attempt.responseStatus = result.status();
        attempt.response = result.response();
        attempt.durationMillis = result.duration().toMillis();
        attempt.trigger = due.trigger();
        return attempt;
    }
}
