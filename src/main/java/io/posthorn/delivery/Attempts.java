package io.posthorn.delivery;

import io.posthorn.message.Message;
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

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    /** Newest first. */
    Page<Attempt> ofMessage(
            Message message, Optional<String> endpointId, Optional<AttemptStatus> status, PageRequest page) {
        StringBuilder condition = new StringBuilder("e.messageId = :message");
        Map<String, Object> parameters = new HashMap<>(Map.of("message", message.id()));
        endpointId.ifPresent(id -> {
            condition.append(" AND e.endpointId = :endpoint");
            parameters.put("endpoint", id);
        });
        status.ifPresent(wanted -> {
            condition.append(" AND e.status = :status");
            parameters.put("status", wanted);
        });
        return IdPage.read(entities, Attempt.class, condition.toString(), parameters, page, true);
    }
}
