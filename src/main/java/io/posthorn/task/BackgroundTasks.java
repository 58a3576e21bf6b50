package io.posthorn.task;

import io.posthorn.config.Internal;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The background tasks of an organization. */
@ApplicationScoped
@Transactional
public class BackgroundTasks {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Event<BackgroundTask> started;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    @Inject
    DatabaseTime databaseTime;

    /** Starts a task once the transaction commits. */
    public BackgroundTask start(String organizationId, String kind, JsonObject parameters) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        BackgroundTask task = new BackgroundTask();
        task.id = ids.next(BackgroundTask.ID_PREFIX);
        task.organizationId = organizationId;
        task.task = kind;
        task.parameters = parameters.toString();
        task.dueAt = databaseTime.now();
        task.createdAt = now;
        task.updatedAt = now;
        entities.persist(task);
        started.fire(task);
        return task;
    }

    /** @throws ApiException 404 if there is none */
    BackgroundTask get(String organizationId, String id) {
        BackgroundTask task = entities.find(BackgroundTask.class, id);
        if (task == null || !task.organizationId.equals(organizationId)) {
            throw ApiException.notFound();
        }
        return task;
    }

    /** @param kind the task's own, or the one that clients see */
    Page<BackgroundTask> list(
            String organizationId,
            Optional<TaskStatus> status,
            Optional<String> kind,
            PageRequest page,
            boolean descending) {
        StringBuilder condition = new StringBuilder("e.organizationId = :organization");
        Map<String, Object> parameters = new HashMap<>(Map.of("organization", organizationId));
        status.ifPresent(wanted -> {
            condition.append(" AND e.status = :status");
            parameters.put("status", wanted);
        });
        kind.ifPresent(wanted -> {
            condition.append(" AND (e.task = :task");
            parameters.put("task", wanted);
            if (wanted.equals(BackgroundTaskOut.OTHER_KIND)) {
                condition.append(" OR e.task NOT IN :shownUnderTheirOwn");
                parameters.put("shownUnderTheirOwn", BackgroundTaskOut.SVIX_KINDS);
            }
            condition.append(")");
        });
        return IdPage.read(entities, BackgroundTask.class, condition.toString(), parameters, page, descending);
    }
}
