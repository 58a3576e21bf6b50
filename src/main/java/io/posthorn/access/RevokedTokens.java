package io.posthorn.access;

import static java.time.ZoneOffset.UTC;

import io.posthorn.config.Internal;
import io.posthorn.rest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The tokens that were logged out, known to every node. */
@ApplicationScoped
@Transactional
class RevokedTokens {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    @Internal
    Clock clock;

    boolean contains(String token) {
        return entities.find(RevokedToken.class, hash(token)) != null;
    }

    /** @param end when it ends by itself; empty for never */
    void add(String token, Optional<Instant> end) {
        if (!contains(token)) {
            RevokedToken revoked = new RevokedToken();
            revoked.hash = hash(token);
            revoked.revokedAt = OffsetDateTime.now(clock);
            revoked.expiresAt = end.map(at -> at.atOffset(UTC)).orElse(null);
            entities.persist(revoked);
        }
    }

    private static String hash(String token) {
        return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
    }
}
