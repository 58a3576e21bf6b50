package io.posthorn.endpoint;

import io.posthorn.config.Internal;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/** The applications of an organization. */
@ApplicationScoped
@Transactional
public class Applications {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    Event<EndpointDeleted> endpointDeleted;

    /** @param idOrUid either of the two that name an application */
    public Optional<Application> find(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid, LockModeType.NONE);
    }

    /** For a change. Hibernate writes every column, and so would undo what another request does meanwhile. */
    private Optional<Application> findLocked(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid, LockModeType.PESSIMISTIC_WRITE);
    }

    private Optional<Application> find(String organizationId, String idOrUid, LockModeType lock) {
        return entities.createQuery(
                        "SELECT a FROM Application a WHERE a.organizationId = :organization"
                                + " AND (a.id = :name OR a.uid = :name) AND a.deletedAt IS NULL",
                        Application.class)
                .setParameter("organization", organizationId)
                .setParameter("name", idOrUid)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    /** @throws ApiException 404 if there is none */
    public Application get(String organizationId, String idOrUid) {
        return find(organizationId, idOrUid).orElseThrow(ApiException::notFound);
    }

    private Application getLocked(String organizationId, String idOrUid) {
        return findLocked(organizationId, idOrUid).orElseThrow(ApiException::notFound);
    }

    /** @throws ApiException 409 if another application has the uid */
    Application create(String organizationId, ApplicationIn in) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Application application = new Application();
        application.id = ids.next(Application.ID_PREFIX);
        application.organizationId = organizationId;
        application.createdAt = now;
        checkUid(application, in);
        application.describe(in, now);
        entities.persist(application);
        entities.flush();
        return application;
    }

    /** An application, and whether it was created just now. */
    record Put(Application application, boolean isNew) {}

    /**
     * Describes an application anew, whether or not it is there.
     *
     * @throws ApiException 409 if another application has the uid
     */
    Put put(String organizationId, String idOrUid, ApplicationIn in) {
        Optional<Application> existing = findLocked(organizationId, idOrUid);
        existing.ifPresent(application -> update(application, in));
        return existing.map(application -> new Put(application, false))
                .orElseGet(() -> new Put(create(organizationId, in), true));
    }

    /** @throws ApiException 404 if there is none, 409 if another application has the uid */
    Application patch(String organizationId, String idOrUid, JsonFields fields) {
        Application application = getLocked(organizationId, idOrUid);
        update(application, application.described().patched(fields));
        return application;
    }

    private void update(Application application, ApplicationIn in) {
        checkNotOwned(application);
        checkUid(application, in);
        application.describe(in, OffsetDateTime.now(clock));
        entities.flush();
    }

    private void checkUid(Application application, ApplicationIn in) {
        if (in.uid() != null
                && find(application.organizationId, in.uid())
                        .filter(other -> !other.id.equals(application.id))
                        .isPresent()) {
            throw ApiException.conflict("An application with this uid exists");
        }
    }

    /** Makes an application that has nothing but a uid, in a transaction of its own. */
    @Transactional(TxType.REQUIRES_NEW)
    public Application create(String organizationId, String uid) {
        return create(organizationId, new ApplicationIn(uid, uid, null, Map.of(), false));
    }

    /** The application of a uid, if there is an endpoint in it that could receive something. */
    public Optional<Application> findWithEndpoints(String organizationId, String uid) {
        return entities.createQuery(
                        "SELECT a FROM Application a WHERE a.organizationId = :organization AND a.uid = :uid"
                                + " AND EXISTS (SELECT e.id FROM Endpoint e WHERE e.applicationId = a.id"
                                + " AND e.deletedAt IS NULL)",
                        Application.class)
                .setParameter("organization", organizationId)
                .setParameter("uid", uid)
                .getResultStream()
                .findFirst();
    }

    Page<Application> list(String organizationId, PageRequest page, boolean descending) {
        return IdPage.read(
                entities,
                Application.class,
                "e.organizationId = :organization AND e.deletedAt IS NULL AND (e.uid IS NULL OR e.uid NOT LIKE '%:%')",
                Map.of("organization", organizationId),
                page,
                descending);
    }

    /** Deletes an application with its endpoints; nothing more is sent to them. */
    void delete(String organizationId, String idOrUid) {
        Application application = getLocked(organizationId, idOrUid);
        checkNotOwned(application);
        delete(application);
    }

    /** Deletes what belonged to something that is gone. */
    public void deleteOwned(String organizationId, String uid) {
        findLocked(organizationId, uid).ifPresent(this::delete);
    }

    private static void checkNotOwned(Application application) {
        if (application.isOwned()) {
            throw ApiException.conflict("This application belongs to " + application.uid);
        }
    }

    private void delete(Application application) {
        application.delete(OffsetDateTime.now(clock));
        entities.createQuery(
                        "SELECT e FROM Endpoint e WHERE e.applicationId = :application AND e.deletedAt IS NULL"
                                + " ORDER BY e.id",
                        Endpoint.class)
                .setParameter("application", application.id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .forEach(endpoint -> {
                    endpoint.delete(OffsetDateTime.now(clock));
                    endpointDeleted.fire(new EndpointDeleted(endpoint.id));
                });
    }
}
