package io.posthorn.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.persistence.SecretCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Which requests were made, and what was answered; shared by all nodes. A running request holds its key by a lease of
 * the database's time, so that a crash frees the key in the end.
 */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class IdempotencyKeys {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofHours(12);
    private static final int REMOVED_AT_ONCE = 1_000;

    /** The moment so many milliseconds from now; takes one parameter. */
    private static final String FROM_NOW = "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

    record Claim(String id, String name) {}

    /** @param body JSON, or nothing */
    record Answer(int status, String body) {}

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    SecretCipher cipher;

    /** Hashes what makes requests the same; neither tokens nor keys, which may be long, are stored. */
    static String id(String authorization, String key, URI uri) {
        // With and without a slash at its end, a path leads to the same operation.
        String path = uri.getRawPath();
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        // A line feed cannot stand in any of them.
        String text = authorization + "\n" + key + "\n" + path + "\n" + uri.getRawQuery();
        return Sha256.hex(text.getBytes(UTF_8));
    }

    /** Takes a key that is free; empty if a running request or an answer holds it. */
    Optional<Claim> claim(String id) {
        Claim claim = new Claim(id, UUID.randomUUID().toString());
        boolean isNew = entities.createNativeQuery("INSERT INTO posthorn_idempotency_key (id, claim, expires_at)"
                                + " SELECT CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(64)), " + FROM_NOW
                                + " WHERE NOT EXISTS (SELECT 1 FROM posthorn_idempotency_key WHERE id = ?)")
                        .setParameter(1, id)
                        .setParameter(2, claim.name())
                        .setParameter(3, LEASE.toMillis())
                        .setParameter(4, id)
                        .executeUpdate()
                == 1;
        return isNew || takeOver(claim) ? Optional.of(claim) : Optional.empty();
    }

    private boolean takeOver(Claim claim) {
        return entities.createNativeQuery("UPDATE posthorn_idempotency_key SET claim = ?, status = NULL, body = NULL,"
                                + " expires_at = " + FROM_NOW + " WHERE id = ? AND expires_at <= CURRENT_TIMESTAMP")
                        .setParameter(1, claim.name())
                        .setParameter(2, LEASE.toMillis())
                        .setParameter(3, claim.id())
                        .executeUpdate()
                == 1;
    }

    Optional<Answer> answer(String id) {
        boolean isThere = !entities.createNativeQuery("SELECT status FROM posthorn_idempotency_key"
                        + " WHERE id = ? AND status IS NOT NULL AND expires_at > CURRENT_TIMESTAMP")
                .setParameter(1, id)
                .getResultList()
                .isEmpty();
        return Optional.ofNullable(isThere ? entities.find(IdempotentAnswer.class, id) : null)
                .map(answer -> new Answer(answer.status, cipher.decrypt(answer.body)));
    }

    /** Keeps an answer for those who repeat the request, unless the lease has been lost. */
    void keep(Claim claim, Answer answer) {
        entities.createNativeQuery("UPDATE posthorn_idempotency_key SET status = ?, body = ?, expires_at = " + FROM_NOW
                        + " WHERE id = ? AND claim = ?")
                .setParameter(1, answer.status())
                .setParameter(2, cipher.encrypt(answer.body()))
                .setParameter(3, KEPT.toMillis())
                .setParameter(4, claim.id())
                .setParameter(5, claim.name())
                .executeUpdate();
    }

    /** Frees a key at once, as if the request had not been made. */
    void drop(Claim claim) {
        entities.createNativeQuery("DELETE FROM posthorn_idempotency_key WHERE id = ? AND claim = ?")
                .setParameter(1, claim.id())
                .setParameter(2, claim.name())
                .executeUpdate();
    }

    /** Removes some of the answers whose time is over; true if there may be more. */
    public boolean removeExpired() {
        return entities.createNativeQuery("DELETE FROM posthorn_idempotency_key WHERE id IN (SELECT id"
                                + " FROM posthorn_idempotency_key WHERE expires_at <= CURRENT_TIMESTAMP"
                                + " FETCH FIRST " + REMOVED_AT_ONCE + " ROWS ONLY)")
                        .executeUpdate()
                == REMOVED_AT_ONCE;
    }
}
