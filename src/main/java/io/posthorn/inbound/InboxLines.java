package io.posthorn.inbound;

import io.posthorn.rest.Sha256;
import io.posthorn.work.DueTable;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * For one transaction, the lines that events stand in whose source keeps an order. The first of a line is due like any
 * event; those behind it are not, until it leaves. Every method but {@link #ahead} wants the lock of its line: else one
 * who joins and the last one who leaves would miss each other.
 */
final class InboxLines {

    private static final int SLOTS = 64;

    private final EntityManager entities;

    /** The last place of each open line that somebody stands in. */
    private final Map<String, Long> ends = new HashMap<>();

    private final List<InboxPlace> taken = new ArrayList<>();

    InboxLines(EntityManager entities) {
        this.entities = entities;
    }

    /** The line that an arrival's event is to stand in; empty if it keeps no order. */
    static Optional<String> of(Arrival arrival) {
        return arrival.orderKey()
                .map(key -> String.join(
                        "\0",
                        arrival.source().organizationId(),
                        arrival.source().inbox(),
                        key))
                .map(text -> Sha256.hex(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Locks a line until the transaction ends. Lines are to be locked once in a transaction, all together, and before it
     * changes any event or key, so that no two transactions wait for each other.
     */
    void lock(String line) {
        lock(Set.of(line));
    }

    private void lock(Collection<String> lines) {
        List<Integer> slots = List.copyOf(lines.stream()
                .map(line -> Integer.parseInt(line.substring(0, 2), 16) % SLOTS)
                .collect(Collectors.toCollection(TreeSet::new)));
        Query query = entities.createNativeQuery("SELECT slot FROM posthorn_inbox_lock WHERE slot IN ("
                + DueTable.marks(slots) + ") ORDER BY slot FOR UPDATE");
        for (int i = 0; i < slots.size(); i++) {
            query.setParameter(i + 1, slots.get(i));
        }
        query.getResultList();
    }

    /** Locks lines, as {@link #lock} does, that events are to join. */
    void open(Collection<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        lock(lines);
        entities.createQuery(
                        "SELECT p.line, MAX(p.place) FROM InboxPlace p WHERE p.line IN :lines GROUP BY p.line",
                        Object[].class)
                .setParameter("lines", lines)
                .getResultList()
                .forEach(end -> ends.put((String) end[0], (Long) end[1]));
    }

    /**
     * Gives an event the last place of an open line; {@link #write} has to follow.
     *
     * @return whether it is the first one as well
     */
    boolean join(String eventId, String line) {
        long place = ends.merge(line, 1L, Long::sum);
        taken.add(InboxPlace.of(eventId, line, place));
        return place == 1;
    }

    /** Writes the places of those that have joined; they themselves have to be written before. */
    void write() {
        if (!taken.isEmpty()) {
            taken.forEach(entities::persist);
            taken.clear();
            entities.flush();
        }
    }

    /** Whether nobody stands in a line. */
    boolean isEmpty(String line) {
        return entities.createQuery("SELECT COUNT(p) FROM InboxPlace p WHERE p.line = :line", Long.class)
                        .setParameter("line", line)
                        .getSingleResult()
                == 0;
    }

    /** The event that is the first of the line in which another one waits; empty if that one does not wait. */
    Optional<String> ahead(String eventId, String line) {
        return entities.createQuery(
                        "SELECT p.eventId FROM InboxPlace p WHERE p.line = :line AND p.place <"
                                + " (SELECT own.place FROM InboxPlace own WHERE own.eventId = :event) ORDER BY p.place",
                        String.class)
                .setParameter("line", line)
                .setParameter("event", eventId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Takes an event that is done out of its line, and makes the next one due. */
    void leave(String eventId, String line) {
        entities.createNativeQuery("DELETE FROM posthorn_inbox_place WHERE event_id = ?")
                .setParameter(1, eventId)
                .executeUpdate();
        entities.createNativeQuery("UPDATE " + InboxQueue.TABLE + " SET due_at = CURRENT_TIMESTAMP"
                        + " WHERE due_at IS NULL AND id = (SELECT event_id FROM posthorn_inbox_place WHERE line = ?"
                        + " ORDER BY place FETCH FIRST 1 ROW ONLY)")
                .setParameter(1, line)
                .executeUpdate();
    }
}
