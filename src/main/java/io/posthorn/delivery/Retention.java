package io.posthorn.delivery;

import io.posthorn.config.Settings;
import io.posthorn.persistence.Sweep;
import io.posthorn.rest.Ids;
import io.posthorn.work.DatabaseTime;
import io.posthorn.work.DueTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;

/**
 * Removes outbound work whose time is over, a small batch in each transaction, so that nothing else has to wait for it.
 * Never anything that is still to be sent.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class Retention {

    private static final int BATCH = 500;

    /** True of a message {@code m} of which nothing is to be sent. */
    public static final String NOTHING_PENDING =
            " NOT EXISTS (SELECT 1 FROM posthorn_delivery WHERE message_id = m.id AND " + DueTable.TO_DO + ")";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    DatabaseTime time;

    /** Removes the content of some messages; true if there may be more. Walks {@code posthorn_message_expiry}. */
    public boolean expungePayloads() {
        return entities.createNativeQuery("UPDATE posthorn_message SET payload = NULL, payload_expires_at = NULL"
                                + " WHERE id IN (SELECT m.id FROM posthorn_message m"
                                + " WHERE m.payload_expires_at <= CURRENT_TIMESTAMP AND" + NOTHING_PENDING
                                + " ORDER BY m.payload_expires_at FETCH FIRST " + BATCH + " ROWS ONLY)")
                        .executeUpdate()
                == BATCH;
    }

    /** Removes some attempts; true if there may be more. Walks the primary key, since ids sort by time. */
    public boolean removeAttempts() {
        return Sweep.removeSome(entities, "posthorn_attempt", "id", "id < ? ORDER BY id", floor(Attempt.ID_PREFIX));
    }

    /** Removes some messages without content, with their deliveries; true if there may be more. */
    public boolean removeMessages() {
        @SuppressWarnings("unchecked") // a query of one text column
        List<String> ids = entities.createNativeQuery("SELECT m.id FROM posthorn_message m WHERE m.id < ?"
                        + " AND m.payload IS NULL AND" + NOTHING_PENDING + " ORDER BY m.id FETCH FIRST " + BATCH
                        + " ROWS ONLY")
                .setParameter(1, floor("msg_"))
                .getResultList();
        if (!ids.isEmpty()) {
            entities.createQuery("DELETE FROM Delivery d WHERE d.messageId IN :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
            entities.createQuery("DELETE FROM Message m WHERE m.id IN :ids")
                    .setParameter("ids", ids)
                    .executeUpdate();
        }
        return ids.size() == BATCH;
    }

    private String floor(String prefix) {
        return Ids.floor(
                prefix, time.now().toInstant().minus(settings.retention().attempts()));
    }
}
