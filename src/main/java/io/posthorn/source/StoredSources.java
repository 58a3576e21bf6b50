package io.posthorn.source;

import io.posthorn.config.Internal;
import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.Settings;
import io.posthorn.config.SourceSettings;
import io.posthorn.json.StrictJson;
import io.posthorn.persistence.SecretCipher;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** The sources that were created by an operation. */
@ApplicationScoped
@Transactional
class StoredSources {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    ConfiguredSources configured;

    @Inject
    SourceTokens tokens;

    @Inject
    SecretCipher cipher;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    Event<SourceDeleted> deleted;

    /** @throws ApiException 409 if another source has the uid, 422 for a type or settings that cannot be used */
    StoredSource create(String organizationId, SourceIn in) {
        StoredSource source = new StoredSource();
        source.id = ids.nextShort(StoredSource.ID_PREFIX);
        source.organizationId = organizationId;
        source.createdAt = OffsetDateTime.now(clock);
        describe(source, in);
        tokens.persist(source);
        entities.flush();
        return source;
    }

    /** A source, and whether it was created just now. */
    record Put(StoredSource source, boolean isNew) {}

    Put put(String organizationId, String idOrUid, SourceIn in) {
        Optional<StoredSource> existing = findLocked(organizationId, idOrUid);
        existing.ifPresent(source -> describe(source, in));
        return existing.map(source -> new Put(source, false))
                .orElseGet(() -> new Put(create(organizationId, in), true));
    }

    StoredSource patch(String organizationId, String idOrUid, JsonFields fields) {
        StoredSource source = getLocked(organizationId, idOrUid);
        SourceIn before = new SourceIn(source.name, source.uid, source.type, config(source), source.metadata);
        describe(source, before.patched(fields));
        return source;
    }

    private void describe(StoredSource source, SourceIn in) {
        if (in.uid() != null && !in.uid().equals(source.uid)) {
            checkFree(source, in.uid());
        }
        source.describe(in, cipher.encrypt(in.config().toString()), OffsetDateTime.now(clock));
        // Whatever cannot be used is to be said now, not when the first webhook comes.
        usable(source, settings.inbound().maxBodySize());
    }

    private void checkFree(StoredSource source, String uid) {
        // Whatever was sent to such a source by its uid would go to the other one.
        if (configured.has(source.organizationId, uid)) {
            throw ApiException.conflict("A source of the configuration has this name");
        }
        if (find(source.organizationId, uid).isPresent()) {
            throw ApiException.conflict("A source with this uid exists");
        }
    }

    /** @throws ApiException 404 if there is none */
    StoredSource get(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid).orElseThrow(ApiException::notFound);
    }

    private StoredSource getLocked(String organizationId, String idOrUid) {
        return findLocked(organizationId, idOrUid).orElseThrow(ApiException::notFound);
    }

    private Optional<StoredSource> find(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid, LockModeType.NONE);
    }

    /** For a change. Hibernate writes every column, and so would undo what another request does meanwhile. */
    private Optional<StoredSource> findLocked(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<StoredSource> find(String organizationId, String idOrUid, LockModeType lock) {
        return entities.createQuery(
                        "SELECT s FROM StoredSource s WHERE s.organizationId = :organization"
                                + " AND (s.id = :name OR s.uid = :name)",
                        StoredSource.class)
                .setParameter("organization", organizationId)
                .setParameter("name", idOrUid)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    Page<StoredSource> list(String organizationId, PageRequest page, boolean descending) {
        return IdPage.read(
                entities,
                StoredSource.class,
                "e.organizationId = :organization",
                Map.of("organization", organizationId),
                page,
                descending);
    }

    void delete(String organizationId, String idOrUid) {
        StoredSource source = getLocked(organizationId, idOrUid);
        entities.remove(source);
        deleted.fire(new SourceDeleted(organizationId, source.id));
    }

    /** @throws ApiException 400 if too many older tokens still work */
    StoredSource rotateToken(String organizationId, String idOrUid) {
        StoredSource source = getLocked(organizationId, idOrUid);
        tokens.rotate(source);
        return source;
    }

    String token(StoredSource source) {
        return tokens.reveal(source);
    }

    JsonObject config(StoredSource source) {
        return StrictJson.parse(cipher.decrypt(source.config)).asJsonObject();
    }

    /** The source that a token stands for, or the id or uid of a source whose requests are signed. */
    Optional<Source> receiving(String organizationId, String tokenOrName) {
        return tokens.find(tokenOrName)
                .or(() -> find(organizationId, tokenOrName).filter(source -> !isUnverified(source)))
                // The limit of the installation may have been lowered since the source was described.
                .map(source -> usable(source, Integer.MAX_VALUE));
    }

    /** What the events of a source are stored under; empty if there is no such source. */
    Optional<String> inboxOf(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid).map(this::inbox);
    }

    /** What a source is called whose events are stored under {@code inbox}; empty if there is no such source. */
    Optional<String> nameOf(String organizationId, String inbox) {
        return entities.createQuery(
                        "SELECT COALESCE(s.uid, s.id) FROM StoredSource s WHERE s.organizationId = :organization"
                                + " AND (s.id = :inbox OR s.inbox = :inbox)",
                        String.class)
                .setParameter("organization", organizationId)
                .setParameter("inbox", inbox)
                .getResultStream()
                .findFirst();
    }

    Optional<String> idOf(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid).map(source -> source.id);
    }

    /** One that was called like a source of the configuration leaves what they had in common to that one. */
    private String inbox(StoredSource source) {
        return source.inbox == null || configured.has(source.organizationId, source.inbox) ? source.id : source.inbox;
    }

    private static boolean isUnverified(StoredSource source) {
        return source.type.equals(SourceParser.UNVERIFIED);
    }

    private Source usable(StoredSource source, int maxBodySize) {
        Map<String, String> values = SourceConfig.settings(config(source));
        values.put("type", source.type);
        String name = source.calledName();
        try {
            return new SourceParser(
                            settings.inbound().tolerance(), settings.inbound().rateLimit(), maxBodySize)
                    .parseStored(
                            new SourceParser.Identity(source.organizationId, source.id, inbox(source)),
                            new SourceSettings(name, values));
        } catch (InvalidSettingException e) {
            throw ApiException.invalid(
                    "config",
                    String.valueOf(e.getMessage()).replace("Invalid setting posthorn.sources." + name + ".", ""));
        }
    }
}
