package io.posthorn.endpoint;

import io.posthorn.config.Internal;
import io.posthorn.rest.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The event types of an organization. */
@ApplicationScoped
@Transactional
class EventTypes {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    @Internal
    Clock clock;

    /**
     * Registers an event type, or takes an archived one up again.
     *
     * @throws ApiException 409 if it is registered
     */
    EventTypeDefinition create(String organizationId, EventTypeIn in) {
        EventTypeDefinition.Id id = new EventTypeDefinition.Id(organizationId, in.name());
        OffsetDateTime now = OffsetDateTime.now(clock);
        EventTypeDefinition type = entities.find(EventTypeDefinition.class, id);
        if (type == null) {
            type = new EventTypeDefinition();
            type.id = id;
            type.createdAt = now;
            type.describe(in, now);
            entities.persist(type);
        } else if (type.archived) {
            type.describe(in, now);
        } else {
            throw ApiException.conflict("event_type_exists", "An event type with this name exists");
        }
        entities.flush();
        return type;
    }

    /** @throws ApiException 404 if there is none; an archived one is there */
    EventTypeDefinition get(String organizationId, String name) {
        EventTypeDefinition type = find(organizationId, name);
        if (type == null) {
            throw ApiException.notFound();
        }
        return type;
    }

    /** @throws ApiException 422 naming the first that is unknown or archived */
    void checkKnown(String organizationId, Collection<String> names) {
        for (String name : names) {
            EventTypeDefinition type = find(organizationId, name);
            if (type == null || type.archived) {
                throw ApiException.invalid("eventTypes", "no such event type: " + name);
            }
        }
    }

    private @Nullable EventTypeDefinition find(String organizationId, String name) {
        return entities.find(EventTypeDefinition.class, new EventTypeDefinition.Id(organizationId, name));
    }
}
