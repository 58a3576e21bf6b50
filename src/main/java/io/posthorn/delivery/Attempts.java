package io.posthorn.delivery;

import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The recorded attempts. */
@ApplicationScoped
@Transactional
class Attempts {

    /** What a Svix server puts in the place of an answer that was removed. */
    private static final String EXPUNGED = "EXPUNGED";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    /** Newest first; walks {@code posthorn_attempt_by_message}. */
    Page<Attempt> ofMessage(Message message, Optional<Endpoint> endpoint, AttemptFilter filter, PageRequest page) {
        Map<String, Object> parameters = new HashMap<>(Map.of("message", message.id()));
        endpoint.ifPresent(wanted -> parameters.put("endpoint", wanted.id()));
        String ofEndpoint = endpoint.isPresent() ? " AND e.endpointId = :endpoint" : "";
        return list("e.messageId = :message" + ofEndpoint, parameters, filter, page);
    }

    /** Newest first; walks {@code posthorn_attempt_by_endpoint}. */
    Page<Attempt> ofEndpoint(Endpoint endpoint, AttemptFilter filter, PageRequest page) {
        return list("e.endpointId = :endpoint", Map.of("endpoint", endpoint.id()), filter, page);
    }

    private Page<Attempt> list(String owner, Map<String, Object> owners, AttemptFilter filter, PageRequest page) {
        Map<String, Object> parameters = new HashMap<>(owners);
        parameters.putAll(filter.parameters());
        return IdPage.read(entities, Attempt.class, owner + " AND " + filter.condition(), parameters, page, true);
    }

    /** @throws ApiException 404 if there is none */
    Attempt get(Message message, String id) {
        Attempt attempt = entities.find(Attempt.class, id);
        if (attempt == null || !attempt.messageId.equals(message.id())) {
            throw ApiException.notFound();
        }
        return attempt;
    }

    /** Removes what the endpoint answered, for good. */
    void expunge(Message message, String id) {
        get(message, id).expunge(EXPUNGED);
    }
}
