package io.posthorn.work;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

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

    /** So many keys have their turn together. */
    private static final int TURN = 32;

    /** So many turns at most before a claim that finds nothing ends. */
    private static final int TURNS = 8;

    /** Finds the ids of the oldest rows but those of some keys; takes the table, the key's column and the keys, and their number. */
    public static final String FRONT_BESIDE = "SELECT id FROM (SELECT id, %2$s, due_at FROM %1$s WHERE " + DueTable.DUE
            + " ORDER BY due_at FETCH FIRST " + FRONT + " ROWS ONLY) front WHERE %2$s NOT IN (%3$s)"
            + " ORDER BY due_at FETCH FIRST ? ROWS ONLY";

    /**
     * Leaps from key to key in the index, however many rows each has; takes the table and the key's column. What a key and a
     * space come before is all that is greater; H2 would look for what is greater among the key's own rows as well.
     */
    public static final String NEXT_KEYS = "WITH RECURSIVE turn(k, n) AS (SELECT (SELECT %2$s FROM %1$s"
            + " WHERE due_at IS NOT NULL AND %2$s >= ? || ' ' ORDER BY %2$s FETCH FIRST 1 ROW ONLY), 1 UNION ALL"
            + " SELECT (SELECT %2$s FROM %1$s WHERE due_at IS NOT NULL AND %2$s >= turn.k || ' ' ORDER BY %2$s"
            + " FETCH FIRST 1 ROW ONLY), n + 1 FROM turn WHERE k IS NOT NULL AND n < " + TURN + ")"
            + " SELECT k FROM turn WHERE k IS NOT NULL ORDER BY k";

    private final String table;
    private final String keyColumn;
    private final OfKeys ofKeys;
    private final String nextKeys;

    /** When there was no room for any of the oldest rows, last. */
    private volatile long frontFull;

    /** The key that had its turn last. */
    private volatile String last = "";

    /** @param table as {@link DueTable} has it, with an index of the key's column and {@code due_at} */
    public FairClaims(String table, String keyColumn, OfKeys ofKeys) {
        this.table = table;
        this.keyColumn = keyColumn;
        this.ofKeys = ofKeys;
        this.nextKeys = NEXT_KEYS.formatted(table, keyColumn);
        this.frontFull = System.nanoTime() - FRONT_NANOS - 1;
    }

    /**
     * Claims at most so many rows. Wants a transaction.
     *
     * @param full the keys of which no row may be claimed
     * @param left how many more rows of a key may be claimed, at most; 0 if none
     * @param admits asked for each row's key in turn; a row that is not admitted stays due
     * @return those due first come first
     */
    public List<Claimed> claim(
            EntityManager entities,
            int max,
            Duration lease,
            Set<String> full,
            ToIntFunction<String> left,
            Predicate<String> admits) {
        DueTable due = new DueTable(entities, table);
        if (full.isEmpty()) {
            return due.take(due.select(keyColumn, DueTable.DUE + " ORDER BY due_at", List.of(), max), lease, admits);
        }
        List<Claimed> claimed = List.of();
        if (full.size() <= BESIDE && System.nanoTime() - frontFull > FRONT_NANOS) {
            List<Object> parameters = new ArrayList<>(InList.padded(full));
            String beside = FRONT_BESIDE.formatted(table, keyColumn, DueTable.marks(parameters));
            parameters.add(max);
            claimed = due.take(lock(due, found(entities, beside, parameters)), lease, admits);
            if (claimed.isEmpty()) {
                frontFull = System.nanoTime();
            }
        }
        boolean all = last.isEmpty();
        for (int turn = 0; turn < TURNS && claimed.isEmpty(); turn++) {
            claimed = claimNext(due, entities, max, lease, left, admits);
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

    /** Claims those rows that are due, in the order of the ids. Wants a transaction. */
    public List<Claimed> claimThese(
            EntityManager entities, List<String> ids, Duration lease, Predicate<String> admits) {
        DueTable due = new DueTable(entities, table);
        return due.take(lock(due, ids), lease, admits);
    }

    private List<Claimed> claimNext(
            DueTable due,
            EntityManager entities,
            int max,
            Duration lease,
            ToIntFunction<String> left,
            Predicate<String> admits) {
        List<String> keys = new ArrayList<>(nextKeys(entities));
        keys.removeIf(key -> left.applyAsInt(key) == 0);
        if (keys.isEmpty()) {
            return List.of();
        }
        int share = (max + keys.size() - 1) / keys.size();
        List<String> padded = OfKeys.padded(keys);
        List<String> ids = found(
                entities, ofKeys.query(table, keyColumn, padded.size(), share), ofKeys.parameters(padded, share, max));
        return due.take(lock(due, ids), lease, admits);
    }

    @SuppressWarnings("unchecked") // a query of a text column
    private static List<String> found(EntityManager entities, String query, List<Object> parameters) {
        Query select = entities.createNativeQuery(query);
        DueTable.bind(select, 1, parameters);
        return select.getResultList();
    }

    /**
     * Locks rows that were found, in a statement of its own: H2 evaluates the condition of a locking statement anew for each
     * row, and with it any query within.
     *
     * @return in the order of the ids
     */
    private List<Object[]> lock(DueTable due, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> padded = InList.padded(ids);
        String condition = "id IN (" + DueTable.marks(padded) + ") AND " + DueTable.DUE;
        Map<Object, Object[]> locked = due.select(keyColumn, condition, padded, padded.size()).stream()
                .collect(Collectors.toMap(row -> row[0], Function.identity()));
        return ids.stream().filter(locked::containsKey).map(locked::get).toList();
    }

    private List<String> nextKeys(EntityManager entities) {
        List<String> keys = found(entities, nextKeys, List.of(last));
        last = keys.size() < TURN ? "" : Collections.max(keys);
        return keys;
    }
}
