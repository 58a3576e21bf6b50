package io.posthorn.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The dispatches of events that have ended. */
@ApplicationScoped
@Transactional
class InboxHistory {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    /** Oldest first; walks the primary key. */
    List<DispatchRecord> of(String eventId) {
        return entities.createQuery(
                        "SELECT d FROM DispatchRecord d WHERE d.id.eventId = :event"
                                + " ORDER BY d.id.replay, d.id.dispatch",
                        DispatchRecord.class)
                .setParameter("event", eventId)
                .getResultList();
    }

    /** The asynchronous observers that have done their work on an event since it was replayed last. */
    Set<String> done(String eventId, int replay) {
        return of(eventId).stream()
                .filter(dispatch -> dispatch.id.replay == replay)
                .flatMap(dispatch -> dispatch.observers().getValuesAs(JsonObject.class).stream())
                .filter(ObserverCall::isDone)
                .map(call -> call.getString("observer"))
                .collect(Collectors.toSet());
    }

    /** Adds a dispatch, or what has happened since it was added. */
    void put(DispatchRecord dispatch) {
        entities.merge(dispatch);
    }
}
