package io.posthorn.inbound;

import io.posthorn.config.Settings;
import io.posthorn.persistence.CurrentTransaction;
import io.posthorn.work.Claimed;
import io.posthorn.work.DueTable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which events are due, and what became of them, a transaction a call. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
class InboxQueue {

    static final String TABLE = "posthorn_inbox_event";

    private static final String ASYNCHRONOUS_FAILED = "asynchronous observer failed";

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    CurrentTransaction transaction;

    @Inject
    Settings settings;

    @Inject
    InboxHistory history;

    List<Claimed> claim(int max) {
        transaction.commitUnawaited();
        return due().claim(max, settings.inbound().lease());
    }

    void renew(Collection<Claimed> events) {
        events.forEach(event -> due().renew(event, settings.inbound().lease()));
    }

    void release(Collection<Claimed> events) {
        due().releaseAll(events);
    }

    /**
     * Records a dispatch whose observers failed. The event is put off until its next time; after the last, it becomes a
     * dead letter or, if only asynchronous observers failed, stays processed with a note.
     *
     * @return false if another node has taken the event; then nothing is recorded
     */
    boolean recordFailure(Dispatch dispatch, String error) {
        List<Duration> schedule = settings.inbound().retrySchedule();
        boolean last = dispatch.number() > schedule.size();
        Optional<String> line = last && !dispatch.isProcessed() ? dispatch.line() : Optional.empty();
        InboxLines lines = new InboxLines(entities);
        line.ifPresent(lines::lock);
        boolean ours = last
                ? due().finish(dispatch.claimed())
                : due().release(dispatch.claimed(), schedule.get(dispatch.number() - 1));
        if (ours) {
            update(dispatch, error, last);
            line.ifPresent(left -> lines.leave(dispatch.eventId(), left));
            history.put(DispatchRecord.of(dispatch, Optional.of(error)));
        }
        return ours;
    }

    private void update(Dispatch dispatch, String error, boolean last) {
        String outcome = dispatch.isProcessed()
                ? (last ? ", note = '" + ASYNCHRONOUS_FAILED + "'" : "")
                : (last ? ", status = 'DEAD', finished_at = CURRENT_TIMESTAMP" : ", status = 'FAILED'");
        entities.createNativeQuery(
                        "UPDATE " + TABLE + " SET dispatches = ?, last_error = ?" + outcome + " WHERE id = ?")
                .setParameter(1, dispatch.number())
                .setParameter(2, error)
                .setParameter(3, dispatch.eventId())
                .executeUpdate();
    }

    /**
     * Records that the asynchronous observers, too, have done their work.
     *
     * @return false if another node has taken the event; then nothing is recorded
     */
    boolean recordAsynchronous(Dispatch dispatch) {
        boolean ours = due().finish(dispatch.claimed());
        if (ours) {
            entities.createNativeQuery("UPDATE " + TABLE + " SET dispatches = ? WHERE id = ?")
                    .setParameter(1, dispatch.number())
                    .setParameter(2, dispatch.eventId())
                    .executeUpdate();
            history.put(DispatchRecord.of(dispatch, dispatch.firstError()));
        }
        return ours;
    }

    private DueTable due() {
        return new DueTable(entities, TABLE);
    }
}
