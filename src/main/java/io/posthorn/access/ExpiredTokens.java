package io.posthorn.access;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.OffsetDateTime;

/** Removes tokens that have ended, after the time for which attempts are kept. Those without an end stay. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class ExpiredTokens {

    private static final int BATCH = 500;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    /** What they end by. */
    @Inject
    @Internal
    Clock clock;

    /** Removes some; true if there may be more. Until then they are listed, for whoever wonders why one is refused. */
    public boolean removeOld() {
        return entities.createNativeQuery("DELETE FROM posthorn_token WHERE id IN (SELECT id FROM posthorn_token"
                                + " WHERE expires_at < ? FETCH FIRST " + BATCH + " ROWS ONLY)")
                        .setParameter(
                                1,
                                OffsetDateTime.now(clock)
                                        .minus(settings.retention().attempts()))
                        .executeUpdate()
                == BATCH;
    }
}
