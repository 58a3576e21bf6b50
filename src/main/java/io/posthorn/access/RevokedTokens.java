package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Internal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;

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
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
