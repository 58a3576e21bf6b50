package io.posthorn.inbound;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.work.Claimed;
import io.posthorn.work.DueTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which events are due, and what became of them, a transaction a call. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class InboxQueue {

    static final String TABLE = "posthorn_inbox_event";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    @Inject
    @Internal
    Clock clock;

    List<Claimed> claim(int max) {
        return due().claim(max, settings.inbound().lease());
    }

    void renew(Collection<Claimed> events) {
        events.forEach(event -> due().renew(event, settings.inbound().lease()));
    }

    void release(Collection<Claimed> events) {
        due().releaseAll(events);
    }

    /** Puts an event whose observer failed off until its next time, or among the dead letters. */
    void recordFailure(Claimed claimed, String error) {
        InboxEvent event = entities.find(InboxEvent.class, claimed.id());
        int failures = event.dispatches + 1;
        List<Duration> schedule = settings.inbound().retrySchedule();
        boolean dead = failures > schedule.size();
        boolean ours = dead ? due().finish(claimed) : due().release(claimed, schedule.get(failures - 1));
        if (ours) {
            OffsetDateTime now = OffsetDateTime.now(clock);
            update(claimed.id(), dead ? InboxStatus.DEAD : InboxStatus.FAILED, error, dead ? now : null);
        }
    }

    private void update(String id, InboxStatus status, String error, @Nullable OffsetDateTime finishedAt) {
        entities.createQuery("UPDATE InboxEvent e SET e.status = :status, e.dispatches = e.dispatches + 1,"
                        + " e.lastError = :error, e.finishedAt = :finishedAt WHERE e.id = :id")
                .setParameter("status", status)
                .setParameter("error", error)
                .setParameter("finishedAt", finishedAt)
                .setParameter("id", id)
                .executeUpdate();
    }

    private DueTable due() {
        return new DueTable(entities, TABLE);
    }
}
