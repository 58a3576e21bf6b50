package io.posthorn.endpoint;

import io.posthorn.config.Internal;
import io.posthorn.persistence.SecretCipher;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.signature.SigningSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The endpoints of an application. */
@ApplicationScoped
@Transactional
public class Endpoints {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    EventTypes eventTypes;

    @Inject
    SecretCipher cipher;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    Event<EndpointDeleted> endpointDeleted;

    private final SecureRandom random = new SecureRandom();

    /** The endpoints with filters that a message passes; those that are disabled among them. */
    public List<Endpoint> subscribedTo(Application application, String eventType, Set<String> channels) {
        return all(application).stream()
                .filter(endpoint -> endpoint.accepts(eventType, channels))
                .toList();
    }

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

    /** The secret that signs for an endpoint. */
    public SigningSecret signingSecret(Endpoint endpoint) {
        return SigningSecret.parse(cipher.decrypt(endpoint.secret));
    }

    /** @throws ApiException 404 if there is none, 409 if another endpoint has the uid, 422 for an unknown event type */
    Endpoint create(Application application, EndpointIn in) {
        if (in.eventTypes() != null) {
            eventTypes.checkKnown(application.organizationId, in.eventTypes());
        }
        if (in.uid() != null && find(application, in.uid()).isPresent()) {
            throw ApiException.conflict("An endpoint with this uid exists");
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        Endpoint endpoint = new Endpoint();
        endpoint.id = ids.next(Endpoint.ID_PREFIX);
        endpoint.organizationId = application.organizationId;
        endpoint.applicationId = application.id;
        endpoint.uid = in.uid();
        endpoint.url = in.url();
        endpoint.version = in.version();
        endpoint.description = in.description();
        endpoint.eventTypes = in.eventTypes();
        endpoint.channels = in.channels();
        endpoint.disabled = in.disabled();
        endpoint.throttleRate = in.throttleRate();
        endpoint.metadata = in.metadata();
        endpoint.secret = cipher.encrypt(
                in.secret().orElseGet(() -> SigningSecret.generate(random)).reveal());
        endpoint.createdAt = now;
        endpoint.updatedAt = now;
        entities.persist(endpoint);
        entities.flush();
        return endpoint;
    }

    /** @throws ApiException 404 if there is none */
    public Endpoint get(Application application, String idOrUid) {
        return find(application, idOrUid).orElseThrow(ApiException::notFound);
    }

    private Optional<Endpoint> find(Application application, String idOrUid) {
        return entities.createQuery(
                        "SELECT e FROM Endpoint e WHERE e.applicationId = :application"
                                + " AND (e.id = :name OR e.uid = :name) AND e.deletedAt IS NULL",
                        Endpoint.class)
                .setParameter("application", application.id)
                .setParameter("name", idOrUid)
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
        Endpoint endpoint = get(application, idOrUid);
        endpoint.delete(OffsetDateTime.now(clock));
        endpointDeleted.fire(new EndpointDeleted(endpoint.id));
    }
}
