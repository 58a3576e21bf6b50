package io.posthorn.endpoint;

import io.posthorn.config.Internal;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        EventTypeDefinition existing = findLocked(organizationId, in.name());
        if (existing != null && !existing.archived) {
            throw ApiException.conflict("event_type_exists", "An event type with this name exists");
        }
        return put(organizationId, existing, in).type();
    }

    /** Describes an event type anew, whether or not it is registered. */
    Put put(String organizationId, EventTypeIn in) {
        return put(organizationId, findLocked(organizationId, in.name()), in);
    }

    private Put put(String organizationId, @Nullable EventTypeDefinition existing, EventTypeIn in) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (existing != null) {
            existing.describe(in, now);
            return new Put(existing, false);
        }
        EventTypeDefinition type = new EventTypeDefinition();
        type.id = new EventTypeDefinition.Id(organizationId, in.name());
        type.createdAt = now;
        type.describe(in, now);
        entities.persist(type);
        entities.flush();
        return new Put(type, true);
    }

    record Put(EventTypeDefinition type, boolean isNew) {}

    /** @throws ApiException 404 if there is none, 422 for fields that break a rule */
    EventTypeDefinition patch(String organizationId, String name, JsonFields fields) {
        EventTypeIn.checkPatch(fields);
        EventTypeDefinition type = getLocked(organizationId, name);
        type.describe(type.described().patched(fields), OffsetDateTime.now(clock));
        return type;
    }

    /**
     * Hides an event type from lists and new filters; filters that name it stay.
     *
     * @throws ApiException 404 if there is none; an archived one is there
     */
    void archive(String organizationId, String name) {
        EventTypeDefinition type = getLocked(organizationId, name);
        if (!type.archived) {
            type.archive(OffsetDateTime.now(clock));
        }
    }

    /** @throws ApiException 404 if there is none */
    void expunge(String organizationId, String name) {
        entities.remove(getLocked(organizationId, name));
    }

    /** @param flags whose event types are shown beside those without a flag; empty for all */
    Page<EventTypeDefinition> list(
            String organizationId, Optional<Set<String>> flags, PageRequest page, boolean includeArchived) {
        Map<String, Object> parameters = new HashMap<>(Map.of("organization", organizationId));
        StringBuilder condition = new StringBuilder("e.id.organizationId = :organization");
        if (!includeArchived) {
            condition.append(" AND e.archived = FALSE");
        }
        flags.ifPresent(visible -> {
            condition.append(" AND (e.featureFlag IS NULL");
            if (!visible.isEmpty()) {
                condition.append(" OR e.featureFlag IN :flags");
                parameters.put("flags", visible);
            }
            condition.append(")");
        });
        return IdPage.read(
                entities, EventTypeDefinition.class, "id.name", condition.toString(), parameters, page, false);
    }

    /** @throws ApiException 404 if there is none; an archived one is there */
    EventTypeDefinition get(String organizationId, String name) {
        return orNotFound(find(organizationId, name));
    }

    private EventTypeDefinition getLocked(String organizationId, String name) {
        return orNotFound(findLocked(organizationId, name));
    }

    private static EventTypeDefinition orNotFound(@Nullable EventTypeDefinition type) {
        if (type == null) {
            throw ApiException.notFound();
        }
        return type;
    }

    boolean isKnown(String organizationId, String name) {
        return find(organizationId, name) != null;
    }

    /** @throws ApiException 422 naming those that are unknown or archived */
    void checkKnown(String organizationId, Collection<String> names) {
        List<String> unknown =
                names.stream().filter(name -> !isListed(organizationId, name)).toList();
        if (!unknown.isEmpty()) {
            throw ApiException.invalid("eventTypes", "no such event types: " + String.join(", ", unknown));
        }
    }

    private boolean isListed(String organizationId, String name) {
        EventTypeDefinition type = find(organizationId, name);
        return type != null && !type.archived;
    }

    private @Nullable EventTypeDefinition find(String organizationId, String name) {
        return entities.find(EventTypeDefinition.class, new EventTypeDefinition.Id(organizationId, name));
    }

    /** For a change. Hibernate writes every column, and so would undo what another request does meanwhile. */
    private @Nullable EventTypeDefinition findLocked(String organizationId, String name) {
        return entities.find(
                EventTypeDefinition.class,
                new EventTypeDefinition.Id(organizationId, name),
                LockModeType.PESSIMISTIC_WRITE);
    }
}
