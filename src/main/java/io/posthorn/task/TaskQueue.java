package io.posthorn.task;

import io.posthorn.json.StrictJson;
import io.posthorn.work.Claimed;
import io.posthorn.work.DueTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The table of tasks as nodes share it, a transaction a call. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class TaskQueue {

    /** What a batch may take; after it, another node begins the batch again. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final String TABLE = "posthorn_task";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    @Any
    Instance<TaskHandler> handlers;

    /** Claims a task that is due, if there is one. */
    List<Claimed> claim() {
        return due().claim(1, LEASE);
    }

    /** Does the task's next batch; true if there is another one, for which it is due again, behind those that are due by now. */
    boolean doNextBatch(Claimed claimed) {
        BackgroundTask task = entities.find(BackgroundTask.class, claimed.id());
        if (!due().renew(claimed, LEASE)) {
            return false;
        }
        TaskHandler.Batch batch = handler(task.task)
                .next(task.task, StrictJson.parse(task.parameters).asJsonObject(), Optional.ofNullable(task.reached));
        boolean more = batch.next().isPresent();
        update(claimed, more ? TaskStatus.RUNNING : TaskStatus.FINISHED, batch.done(), batch.next());
        if (more) {
            due().release(claimed, Duration.ZERO);
        } else {
            due().finish(claimed);
        }
        return more;
    }

    void fail(Claimed claimed) {
        if (due().finish(claimed)) {
            update(claimed, TaskStatus.FAILED, 0, Optional.empty());
        }
    }

    void release(Collection<Claimed> rows) {
        due().releaseAll(rows);
    }

    private void update(Claimed claimed, TaskStatus status, int done, Optional<String> reached) {
        entities.createNativeQuery("UPDATE posthorn_task SET status = ?, done = done + ?, reached = ?,"
                        + " updated_at = CURRENT_TIMESTAMP WHERE id = ?")
                .setParameter(1, status.name())
                .setParameter(2, done)
                .setParameter(3, reached.orElse(null))
                .setParameter(4, claimed.id())
                .executeUpdate();
    }

    private TaskHandler handler(String task) {
        return handlers.stream()
                .filter(handler -> handler.handles(task))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody does tasks of the kind " + task));
    }

    private DueTable due() {
        return new DueTable(entities, TABLE);
    }
}
