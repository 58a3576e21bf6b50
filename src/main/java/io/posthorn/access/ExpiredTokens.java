package io.posthorn.access;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.persistence.Sweep;
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
        return Sweep.removeSome(entities, "posthorn_token", "id", "expires_at < ?", end());
    }

    /**
     * Forgets some that were logged out; true if there may be more. None of them would be let in, and the time that
     * passes before outlasts what the clocks of nodes differ by. Walks {@code posthorn_revoked_token_expiry}.
     */
    public boolean forgetRevoked() {
        return Sweep.removeSome(entities, "posthorn_revoked_token", "hash", "expires_at < ?", end());
    }

    private OffsetDateTime end() {
        return OffsetDateTime.now(clock).minus(settings.retention().attempts());
    }
}
