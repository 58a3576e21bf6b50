package io.posthorn.delivery;

import io.posthorn.config.Settings;
import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.EndpointDisabled;
import io.posthorn.endpoint.EndpointDisabled.Trigger;
import io.posthorn.work.DatabaseTime;
import io.posthorn.work.InList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/** Disables endpoints that are gone, and those that have had nothing but failures for too long. */
@ApplicationScoped
class EndpointHealth {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    DatabaseTime time;

    @Inject
    Event<EndpointDisabled> disabled;

    /**
     * Forgets the endpoint's failures after a success, and locks it where a failure may disable it: before its delivery, as
     * whoever deletes an endpoint does, so that neither waits for the other.
     */
    void forgetFailuresOrLock(DueDelivery due, AttemptResult result, boolean hasRunOut) {
        if (result.isSuccess()) {
            forgetFailures(Set.of(due.endpointId()));
        } else if (hasRunOut) {
            entities.find(Endpoint.class, due.endpointId(), LockModeType.PESSIMISTIC_WRITE);
        }
    }

    /** Joins the transaction that records the attempt. */
    void learn(DueDelivery due, Decision decision, boolean hasRunOut) {
        if (decision.endpointGone()) {
            lock(due).ifPresent(endpoint -> disable(due, endpoint, "answered 410 Gone"));
        } else if (hasRunOut && due.trigger() == TriggerType.SCHEDULED) {
            lock(due).ifPresent(endpoint -> ranOut(due, endpoint));
        }
    }

    /** Whatever was known of them when the deliveries were claimed: a failure may have been recorded since. */
    void forgetFailures(Set<String> endpointIds) {
        entities.createQuery("UPDATE Endpoint e SET e.failingSince = NULL"
                        + " WHERE e.id IN :ids AND e.failingSince IS NOT NULL")
                .setParameter("ids", InList.padded(endpointIds))
                .executeUpdate();
    }

    private void ranOut(DueDelivery due, Endpoint endpoint) {
        if (endpoint.ranOutOfAttempts(time.now(), settings.delivery().disableAfter())) {
            disable(
                    due,
                    endpoint,
                    "nothing but failures since "
                            + endpoint.failingSince()
                                    .map(OffsetDateTime::toInstant)
                                    .orElseThrow());
        }
    }

    private void disable(DueDelivery due, Endpoint endpoint, String reason) {
        OffsetDateTime now = time.now();
        endpoint.disable(reason, now);
        disabled.fire(EndpointDisabled.of(due.application(), endpoint, Trigger.AUTOMATIC, now));
    }

    private Optional<Endpoint> lock(DueDelivery due) {
        return Optional.ofNullable(entities.find(Endpoint.class, due.endpointId(), LockModeType.PESSIMISTIC_WRITE))
                .filter(endpoint -> !endpoint.isDisabled() && !endpoint.isDeleted());
    }
}
