package io.posthorn.task;

import io.posthorn.config.Settings;
import io.posthorn.persistence.Sweep;
import io.posthorn.rest.Ids;
import io.posthorn.work.DatabaseTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Removes tasks that have come to an end, after the time for which attempts are kept. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class FinishedTasks {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    DatabaseTime time;

    /** Removes some; true if there may be more. Walks the primary key, since ids sort by time. */
    public boolean removeOld() {
        return Sweep.removeSome(
                entities,
                "posthorn_task",
                "id",
                "id < ? AND due_at IS NULL ORDER BY id",
                Ids.floor(
                        BackgroundTask.ID_PREFIX,
                        time.now().toInstant().minus(settings.retention().attempts())));
    }
}
