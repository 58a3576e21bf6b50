package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Internal;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** The tokens that were created by an operation. */
@ApplicationScoped
@Transactional
class StoredTokens {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    /** A token and, this once, its text. */
    record Created(StoredToken token, String text) {}

    /** @param life empty for a token without end */
    Created create(String organizationId, String name, Role role, Optional<Duration> life) {
        String text = AdminToken.generate();
        OffsetDateTime now = OffsetDateTime.now(clock);
        StoredToken token = new StoredToken();
        token.id = ids.next(StoredToken.ID_PREFIX);
        token.organizationId = organizationId;
        token.name = name;
        token.role = role;
        token.hash = hash(text);
        token.createdAt = now;
        token.expiresAt = life.map(now::plus).orElse(null);
        entities.persist(token);
        return new Created(token, text);
    }

    /** What a text stands for; empty if it is no such token, or one that has ended. */
    Optional<Token> find(String text) {
        return byHash(text)
                .filter(token -> token.expiresAt == null || token.expiresAt.isAfter(OffsetDateTime.now(clock)))
                .map(token -> token.role == Role.READ_ONLY
                        ? Token.readingOnly(token.organizationId)
                        : Token.ofOrganization(token.organizationId));
    }

    Page<StoredToken> list(String organizationId, PageRequest page, boolean descending) {
        return IdPage.read(
                entities,
                StoredToken.class,
                "e.organizationId = :organization",
                Map.of("organization", organizationId),
                page,
                descending);
    }

    /** @throws ApiException 404 if there is none */
    void remove(String organizationId, String id) {
        int removed = entities.createQuery(
                        "DELETE FROM StoredToken t WHERE t.id = :id AND t.organizationId = :organization")
                .setParameter("id", id)
                .setParameter("organization", organizationId)
                .executeUpdate();
        if (removed == 0) {
            throw ApiException.notFound();
        }
    }

    /** Ends the token of this text; false if it is no such token. */
    boolean remove(String text) {
        return entities.createQuery("DELETE FROM StoredToken t WHERE t.hash = :hash")
                        .setParameter("hash", hash(text))
                        .executeUpdate()
                == 1;
    }

    private Optional<StoredToken> byHash(String text) {
        return entities.createQuery("SELECT t FROM StoredToken t WHERE t.hash = :hash", StoredToken.class)
                .setParameter("hash", hash(text))
                .getResultStream()
                .findFirst();
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(UTF_8));
    }
}
