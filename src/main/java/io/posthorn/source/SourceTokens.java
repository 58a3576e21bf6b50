package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Internal;
import io.posthorn.persistence.SecretCipher;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;

/**
 * The tokens of ingest URLs: of each source one that is shown, and those before it, which go on working for a while. How long,
 * and how many, is what Svix's document of ingest sources says of rotating one.
 */
@ApplicationScoped
@Transactional
class SourceTokens {

    private static final Duration OVERLAP = Duration.ofHours(48);
    private static final int MAX_OLD = 3;
    private static final int TOKEN_BYTES = 24;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    SecretCipher cipher;

    @Inject
    @Internal
    Clock clock;

    private final SecureRandom random = new SecureRandom();

    /** Stores a new source with its first token. */
    void persist(StoredSource source) {
        String token = draw(source);
        entities.persist(source);
        // The token refers to it by a plain id, so EclipseLink would not know which of them to insert first.
        entities.flush();
        persist(token, source);
    }

    /**
     * Gives a source another token.
     *
     * @param source locked, so that two who rotate at once take turns
     * @throws ApiException 400 if three of those before still work
     */
    void rotate(StoredSource source) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        entities.createQuery("DELETE FROM SourceToken t WHERE t.sourceId = :source AND t.expiresAt <= :now")
                .setParameter("source", source.id)
                .setParameter("now", now)
                .executeUpdate();
        if (countOld(source) >= MAX_OLD) {
            throw ApiException.badRequest(
                    "limit_reached", MAX_OLD + " older tokens still work; wait until one expires");
        }
        entities.createQuery(
                        "UPDATE SourceToken t SET t.expiresAt = :end WHERE t.sourceId = :source AND t.expiresAt IS NULL")
                .setParameter("end", now.plus(OVERLAP))
                .setParameter("source", source.id)
                .executeUpdate();
        persist(draw(source), source);
    }

    private long countOld(StoredSource source) {
        return entities.createQuery(
                        "SELECT COUNT(t) FROM SourceToken t WHERE t.sourceId = :source AND t.expiresAt IS NOT NULL",
                        Long.class)
                .setParameter("source", source.id)
                .getSingleResult();
    }

    private String draw(StoredSource source) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        source.giveToken(cipher.encrypt(token));
        return token;
    }

    private void persist(String text, StoredSource source) {
        SourceToken token = new SourceToken();
        token.hash = hash(text);
        token.sourceId = source.id;
        entities.persist(token);
    }

    /** The token that is shown. */
    String reveal(StoredSource source) {
        return cipher.decrypt(source.token);
    }

    /** The source that a text leads to, if it is a token that works; by its primary key. */
    Optional<StoredSource> find(String text) {
        return entities.createQuery(
                        "SELECT s FROM SourceToken t JOIN StoredSource s ON s.id = t.sourceId"
                                + " WHERE t.hash = :hash AND (t.expiresAt IS NULL OR t.expiresAt > :now)",
                        StoredSource.class)
                .setParameter("hash", hash(text))
                .setParameter("now", OffsetDateTime.now(clock))
                .getResultStream()
                .findFirst();
    }

    private static String hash(String token) {
        return Sha256.hex(token.getBytes(UTF_8));
    }
}
