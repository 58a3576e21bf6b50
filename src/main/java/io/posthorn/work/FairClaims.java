package io.posthorn.work;

import io.posthorn.work.Turns.Turn;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Claims due rows that belong to something, each of which may have only so many claimed at a time. While there is room for
 * all, the oldest row comes first. Rows that there is no room for may be any number, and older than all others; so the
 * others are then looked for along the keys instead, a few keys at a time, round and round.
 */
public final class FairClaims {

    /** So many of the oldest rows are looked at; to pass over more takes longer than to look along the keys. */
    private static final int FRONT = 100;

    /** How long the oldest rows are not looked at once there was no room for any of them; the keys lead to them as well. */
    private static final long FRONT_NANOS = Duration.ofMillis(100).toNanos();

    /** So many keys are left out of the oldest rows; with more, hardly anything would be left of these. */
    private static final int BESIDE = 1_000;

    /** So many turns at most before a claim that finds nothing ends. */
    private static final int TURNS = 8;

    /** Finds the ids of the oldest rows but those of some keys; takes the table, the key's column and the keys, and their number. */
    public static final String FRONT_BESIDE =
            "SELECT id FROM (SELECT id, %2$s, due_at FROM %1$s WHERE " + DueTable.OLDEST_DUE
                    + " FETCH FIRST " + FRONT + " ROWS ONLY) front WHERE %2$s NOT IN (%3$s)"
                    + " ORDER BY due_at FETCH FIRST ? ROWS ONLY";

    private final String table;
    private final String keyColumn;
    private final Turns turns;

    /** When there was no room for any of the oldest rows, last. */
    private volatile long frontFull;

    /** The key that had its turn last. */
    private volatile String last = "";

    /** Whether the last claim may have left rows that there is room for. */
    private volatile boolean more;

    /**
     * @param table as {@link DueTable} has it, with an index of the key's column and {@code due_at}
     * @param keyColumn null where {@code due_at} is
     */
    public FairClaims(String table, String keyColumn, Turns turns) {
        this.table = table;
        this.keyColumn = keyColumn;
        this.turns = turns;
        this.frontFull = System.nanoTime() - FRONT_NANOS - 1;
    }

    /**
     * Claims at most so many rows. Wants a transaction.
     *
     * @param full the keys of which no row may be claimed
     * @param admits asked for each row's key in turn; a row that is not admitted stays due
     * @return those due first come first
     */
    public List<Claimed> claim(
            EntityManager entities, int max, Duration lease, Set<String> full, Predicate<String> admits) {
        DueTable due = new DueTable(entities, table);
        if (full.isEmpty()) {
            List<Object[]> locked = due.select(keyColumn, DueTable.OLDEST_DUE, List.of(), max);
            List<Claimed> oldest = due.take(locked, lease, admits);
            more = locked.size() >= max || oldest.size() < locked.size();
            return oldest;
        }
        List<Claimed> claimed = List.of();
        if (full.size() <= BESIDE && System.nanoTime() - frontFull > FRONT_NANOS) {
            List<Object> parameters = new ArrayList<>(InList.padded(full));
            String beside = FRONT_BESIDE.formatted(table, keyColumn, DueTable.marks(parameters));
            parameters.add(max);
            claimed = due.take(due.lockDue(keyColumn, Turns.rows(entities, beside, parameters)), lease, admits);
            more = true;
            if (claimed.isEmpty()) {
                frontFull = System.nanoTime();
            }
        }
        boolean all = last.isEmpty();
        for (int turn = 0; turn < TURNS && claimed.isEmpty(); turn++) {
            claimed = claimNext(due, entities, max, lease, full, admits);
            if (last.isEmpty()) {
                if (all) {
                    // Every key has had its turn.
                    break;
                }
                all = true;
            }
        }
        return claimed;
    }

    /** Whether another claim may find what the last one had no room for, or did not look at. */
    public boolean mayHaveLeft() {
        return more;
    }

    /** Claims those rows that are due, in the order of the ids. Wants a transaction. */
    public List<Claimed> claimThese(
            EntityManager entities, List<String> ids, Duration lease, Predicate<String> admits) {
        DueTable due = new DueTable(entities, table);
        return due.take(due.lockDue(keyColumn, ids), lease, admits);
    }

    private List<Claimed> claimNext(
            DueTable due, EntityManager entities, int max, Duration lease, Set<String> full, Predicate<String> admits) {
        boolean isFirst = last.isEmpty();
        Turn turn = turns.lockNext(entities, last, full, max);
        last = turn.isLast() ? "" : turn.last();
        more = !isFirst || !turn.isLast() || turn.mayHaveLeft();
        return due.take(turn.locked(), lease, admits);
    }
}
