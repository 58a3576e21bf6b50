package io.posthorn.inbound;

import io.posthorn.config.Settings;
import io.posthorn.persistence.Sweep;
import io.posthorn.rest.Ids;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/**
 * Removes received events whose time is over, a small batch in each transaction. Never one that is still to be
 * dispatched, nor a dead letter, nor what duplicates are known by before its own time.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class InboxRetention {

    private static final int BATCH = 500;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    DatabaseTime time;

    /** Removes some events; true if there may be more. Walks the primary key, since ids sort by time. */
    public boolean removeEvents() {
        return Sweep.removeSome(
                entities,
                "posthorn_inbox_event",
                "id",
                "id < ? AND status = 'PROCESSED' AND due_at IS NULL ORDER BY id",
                Ids.floor(
                        InboxEvent.ID_PREFIX,
                        time.now().toInstant().minus(settings.retention().payload())));
    }

    /** Forgets some of what duplicates are known by; true if there may be more. */
    public boolean removeKeys() {
        return entities.createNativeQuery("DELETE FROM posthorn_inbox_key WHERE event_id IN ("
                                + "SELECT event_id FROM posthorn_inbox_key WHERE expires_at <= CURRENT_TIMESTAMP"
                                + " ORDER BY expires_at FETCH FIRST " + BATCH + " ROWS ONLY)"
                                + " AND expires_at <= CURRENT_TIMESTAMP")
                        .executeUpdate()
                >= BATCH;
    }
}
