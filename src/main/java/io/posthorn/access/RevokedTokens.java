package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Internal;
import io.posthorn.rest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;

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

    void add(String token) {
        if (!contains(token)) {
            RevokedToken revoked = new RevokedToken();
            revoked.hash = hash(token);
            revoked.revokedAt = OffsetDateTime.now(clock);
            entities.persist(revoked);
        }
    }

    private static String hash(String token) {
        return Sha256.hex(token.getBytes(UTF_8));
    }
}
