package io.posthorn.delivery;

import io.posthorn.config.Settings;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.work.DueTable;
import io.posthorn.work.NodeId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.List;

/** Claims the deliveries that are due. */
@ApplicationScoped
class DeliveryQueue {

    static final String TABLE = "posthorn_delivery";

    /** What an attempt may take beyond its two tries: a slow pool, a pause for garbage collection. */
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(15);

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    /**
     * Claims up to {@code max} due deliveries, none of a busy endpoint, and no more of any endpoint than it has slots
     * free: what is claimed beyond that goes back in the same transaction, before anyone sees it.
     */
    @Transactional(TxType.REQUIRES_NEW)
    List<DueDelivery> claim(int max, EndpointSlots slots) {
        String claim = NodeId.nextClaim();
        DueTable due = new DueTable(entities, TABLE);
        List<String> ids = due.claim(claim, max, lease(), "endpoint_id", slots.busyEndpoints());
        return ids.isEmpty()
                ? List.of()
                : load(ids, claim).stream()
                        .filter(delivery -> slots.tryTake(delivery.endpointId())
                                || !due.release(delivery.id(), claim, Duration.ZERO))
                        .toList();
    }

    private List<DueDelivery> load(List<String> ids, String claim) {
        return entities.createQuery(
                        "SELECT d, m, e FROM Delivery d, Message m, Endpoint e"
                                + " WHERE d.id IN :ids AND m.id = d.messageId AND e.id = d.endpointId ORDER BY d.id",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> new DueDelivery((Delivery) row[0], (Message) row[1], (Endpoint) row[2], claim))
                .toList();
    }

    /** Longer than any attempt can last, so that only the deliveries of a dead node outlive theirs. */
    private Duration lease() {
        return settings.delivery().timeout().multipliedBy(2).plus(LEASE_MARGIN);
    }
}
