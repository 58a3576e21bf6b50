package io.posthorn.endpoint;

import io.posthorn.config.Internal;
import io.posthorn.endpoint.EndpointChanged.Kind;
import io.posthorn.endpoint.EndpointDisabled.Trigger;
import io.posthorn.persistence.CurrentTransaction;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.signature.SigningSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The endpoints of an application. */
@ApplicationScoped
@Transactional
public class Endpoints {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    CurrentTransaction transaction;

    @Inject
    EventTypes eventTypes;

    @Inject
    EndpointSecrets secrets;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    Event<EndpointDeleted> endpointDeleted;

    @Inject
    Event<EndpointChanged> changed;

    @Inject
    Event<EndpointDisabled> disabled;

    /** The endpoints with filters that a message passes; those that are disabled among them. */
    public List<Endpoint> subscribedTo(Application application, String eventType, Set<String> channels) {
        // A transaction may publish thousands of messages.
        return transaction.remember(new Subscribers(application.id), () -> all(application)).stream()
                .filter(endpoint -> endpoint.deletedAt == null && endpoint.accepts(eventType, channels))
                .toList();
    }

    /** The key of an application's endpoints that a transaction has published to. */
    private record Subscribers(String applicationId) {}

    /** Oldest first, without the deleted ones. */
    public List<Endpoint> all(Application application) {
        return entities.createQuery(
                        "SELECT e FROM Endpoint e WHERE e.applicationId = :application"
                                + " AND e.deletedAt IS NULL ORDER BY e.id",
                        Endpoint.class)
                .setParameter("application", application.id)
                .getResultList();
    }

    /** The endpoints of these ids, deleted ones included, by their ids. */
    public Map<String, Endpoint> byId(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : entities.createQuery("SELECT e FROM Endpoint e WHERE e.id IN :ids", Endpoint.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(Endpoint::id, Function.identity()));
    }

    /** @throws ApiException 409 if another endpoint has the uid, 422 for an unknown event type */
    Endpoint create(Application application, EndpointIn in) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Endpoint endpoint = new Endpoint();
        endpoint.id = ids.next(Endpoint.ID_PREFIX);
        endpoint.organizationId = application.organizationId;
        endpoint.applicationId = application.id;
        endpoint.secret = secrets.encrypted(in.secret());
        endpoint.headers = secrets.encrypted(in.headers());
        endpoint.createdAt = now;
        checkTypes(application, in.fields());
        checkUid(application, endpoint, in.fields());
        endpoint.describe(in.fields(), now);
        entities.persist(endpoint);
        entities.flush();
        transaction.forget(new Subscribers(application.id));
        changed.fire(EndpointChanged.of(Kind.CREATED, application, endpoint));
        return endpoint;
    }

    /** An endpoint, and whether it was created just now. */
    record Put(Endpoint endpoint, boolean isNew) {}

    /**
     * Describes an endpoint anew, whether or not it is there; its secret and headers stay.
     *
     * @throws ApiException 409 if another endpoint has the uid, 422 for an unknown event type
     */
    Put put(Application application, String idOrUid, EndpointFields fields) {
        Optional<Endpoint> existing = findLocked(application, idOrUid);
        existing.ifPresent(endpoint -> {
            checkTypes(application, fields);
            update(application, endpoint, fields);
        });
        return existing.map(endpoint -> new Put(endpoint, false))
                .orElseGet(() -> new Put(create(application, EndpointIn.of(fields)), true));
    }

    /** @throws ApiException 404 if there is none, 409 if another endpoint has the uid, 422 for an unknown event type */
    Endpoint patch(Application application, String idOrUid, JsonFields fields, boolean httpsOnly) {
        // Before it is known whether there is such an endpoint; types that it filters by already may be archived.
        checkTypes(application, EndpointFields.ofPatch(fields, httpsOnly));
        Endpoint endpoint = getLocked(application, idOrUid);
        update(application, endpoint, endpoint.described().patched(fields, httpsOnly));
        return endpoint;
    }

    private void update(Application application, Endpoint endpoint, EndpointFields fields) {
        checkUid(application, endpoint, fields);
        OffsetDateTime now = OffsetDateTime.now(clock);
        boolean wasEnabled = !endpoint.isDisabled();
        endpoint.describe(fields, now);
        entities.flush();
        changed.fire(EndpointChanged.of(Kind.UPDATED, application, endpoint));
        if (wasEnabled && endpoint.isDisabled()) {
            disabled.fire(EndpointDisabled.of(application, endpoint, Trigger.MANUAL, now));
        } else if (!wasEnabled && !endpoint.isDisabled()) {
            changed.fire(EndpointChanged.of(Kind.ENABLED, application, endpoint));
        }
    }

    private void checkTypes(Application application, EndpointFields fields) {
        if (fields.eventTypes() != null) {
            eventTypes.checkKnown(application.organizationId, fields.eventTypes());
        }
    }

    private void checkUid(Application application, Endpoint endpoint, EndpointFields fields) {
        if (fields.uid() != null
                && find(application, fields.uid())
                        .filter(other -> !other.id.equals(endpoint.id))
                        .isPresent()) {
            throw ApiException.conflict("An endpoint with this uid exists");
        }
    }

    /** @throws ApiException 404 if there is none, 400 if too many older secrets still sign */
    void rotateSecret(Application application, String idOrUid, Optional<SigningSecret> given, Duration grace) {
        Endpoint endpoint = getLocked(application, idOrUid);
        secrets.rotate(endpoint, given, grace);
        changed.fire(EndpointChanged.of(Kind.UPDATED, application, endpoint));
    }

    /**
     * Changes the headers of an endpoint.
     *
     * @param change makes the new ones of the old ones
     * @throws ApiException 404 if there is none, 422 if credentials say what its authorization is
     */
    void changeHeaders(Application application, String idOrUid, UnaryOperator<Map<String, String>> change) {
        Endpoint endpoint = getLocked(application, idOrUid);
        Map<String, String> headers = change.apply(secrets.headers(endpoint));
        checkOneAuthorization("headers", headers, secrets.credentials(endpoint));
        endpoint.setHeaders(secrets.encrypted(headers), OffsetDateTime.now(clock));
    }

    /** @throws ApiException 404 if there is none, 422 if a header says what its authorization is */
    void setCredentials(Application application, String idOrUid, Credentials credentials) {
        Endpoint endpoint = getLocked(application, idOrUid);
        checkOneAuthorization("", secrets.headers(endpoint), credentials);
        endpoint.setCredentials(secrets.encrypted(credentials), OffsetDateTime.now(clock));
    }

    /**
     * @param delays {@code null} for those of the installation
     * @throws ApiException 404 if there is none
     */
    void setRetrySchedule(Application application, String idOrUid, @Nullable List<Duration> delays) {
        getLocked(application, idOrUid).setRetrySchedule(delays, OffsetDateTime.now(clock));
    }

    private static void checkOneAuthorization(String field, Map<String, String> headers, Credentials credentials) {
        if (credentials.authorization().isPresent() && EndpointHeaders.haveAuthorization(headers)) {
            throw ApiException.malformed(
                    field, "the endpoint's header Authorization and its credentials exclude each other");
        }
    }

    private Endpoint getLocked(Application application, String idOrUid) {
        return findLocked(application, idOrUid).orElseThrow(ApiException::notFound);
    }

    /** For a change. Hibernate writes every column, and so would undo what another request does meanwhile. */
    private Optional<Endpoint> findLocked(Application application, String idOrUid) {
        return find(application, idOrUid, LockModeType.PESSIMISTIC_WRITE);
    }

    /** @throws ApiException 404 if there is none */
    public Endpoint get(Application application, String idOrUid) {
        return find(application, idOrUid).orElseThrow(ApiException::notFound);
    }

    private Optional<Endpoint> find(Application application, String idOrUid) {
        return find(application, idOrUid, LockModeType.NONE);
    }

    private Optional<Endpoint> find(Application application, String idOrUid, LockModeType lock) {
        return entities.createQuery(
                        "SELECT e FROM Endpoint e WHERE e.applicationId = :application"
                                + " AND (e.id = :name OR e.uid = :name) AND e.deletedAt IS NULL",
                        Endpoint.class)
                .setParameter("application", application.id)
                .setParameter("name", idOrUid)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    Page<Endpoint> list(Application application, PageRequest page, boolean descending) {
        return IdPage.read(
                entities,
                Endpoint.class,
                "e.applicationId = :application AND e.deletedAt IS NULL",
                Map.of("application", application.id),
                page,
                descending);
    }

    void delete(Application application, String idOrUid) {
        Endpoint endpoint = getLocked(application, idOrUid);
        changed.fire(EndpointChanged.of(Kind.DELETED, application, endpoint));
        endpoint.delete(OffsetDateTime.now(clock));
        endpointDeleted.fire(new EndpointDeleted(endpoint.id));
    }
}
