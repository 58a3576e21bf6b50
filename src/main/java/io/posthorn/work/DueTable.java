package io.posthorn.work;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table whose rows are work that nodes share. {@code due_at} says when a row may be claimed; a claim holds until the end
 * of a lease, so the row of a node that died may be claimed again by itself. All times are the database's, since the
 * clocks of nodes differ. Every method wants a transaction.
 */
public final class DueTable {

    /** Before anything was due. Without a beginning, H2 would walk along all rows that are due no more, as it has nulls first. */
    static final String LONG_AGO = "TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00+00'";

    /** True of a row that no node is at work on. */
    static final String UNCLAIMED = "(claim IS NULL OR leased_until IS NULL OR leased_until <= CURRENT_TIMESTAMP)";

    /** True of a row that may be claimed. */
    public static final String DUE = "due_at BETWEEN " + LONG_AGO + " AND CURRENT_TIMESTAMP AND " + UNCLAIMED;

    /**
     * The same, and the oldest rows first, in a form that keeps PostgreSQL from knowing the present while it plans. If few rows
     * were due when it last analyzed the table, it would believe so still, and sort all that are due to find the oldest.
     */
    public static final String OLDEST_DUE =
            "due_at BETWEEN " + LONG_AGO + " AND (SELECT CURRENT_TIMESTAMP) AND " + UNCLAIMED + " ORDER BY due_at";

    /**
     * The same, of a row that is looked for by its id, in a form that no index by time serves. PostgreSQL, if it last analyzed
     * the table when nothing was due, would take that index for the shorter way and walk along all that has become due since.
     */
    public static final String STILL_DUE = "COALESCE(due_at, TIMESTAMP WITH TIME ZONE '9999-12-31 00:00:00+00')"
            + " <= CURRENT_TIMESTAMP AND " + UNCLAIMED;

    /**
     * True of a row that is due or will be, in a form that no index by time serves: for rows that are found by something else.
     * PostgreSQL would walk along all that is due with each of them, if it last analyzed the table when nothing was.
     */
    public static final String TO_DO = "COALESCE(due_at, " + LONG_AGO + ") > " + LONG_AGO;

    /** The moment so many milliseconds from now; takes one parameter. */
    public static final String FROM_NOW = "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '0.001' SECOND";

    private final EntityManager entities;
    private final String table;

    /** @param table with columns {@code id}, {@code due_at} (indexed), {@code claim} and {@code leased_until} (not indexed, so
     *     that PostgreSQL need not touch any index for a claim) */
    public DueTable(EntityManager entities, String table) {
        this.entities = entities;
        this.table = table;
    }

    /** Claims rows that are due, oldest first, past those that another node is claiming at this moment. */
    public List<Claimed> claim(int max, Duration lease) {
        return take(select("id", OLDEST_DUE, List.of(), max), lease, key -> true);
    }

    /**
     * Locks due rows, past those that are locked.
     *
     * @param condition with an order, if wanted
     * @param parameters of the condition
     * @return arrays of a row's id and its key
     */
    List<Object[]> select(String keyColumn, String condition, Collection<?> parameters, int max) {
        Query select = entities.createNativeQuery("SELECT id, " + keyColumn + " FROM " + table + " WHERE " + condition
                + " FETCH FIRST ? ROWS ONLY FOR UPDATE SKIP LOCKED");
        bind(select, 1, parameters);
        select.setParameter(parameters.size() + 1, max);
        @SuppressWarnings("unchecked") // a query of two text columns
        List<Object[]> due = select.getResultList();
        return due;
    }

    /**
     * Locks those rows that are due, past those that are locked.
     *
     * @return as {@link #select} does, in the order of the ids
     */
    List<Object[]> lockDue(String keyColumn, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<String> padded = InList.padded(ids);
        String condition = "id IN (" + marks(padded) + ") AND " + STILL_DUE;
        Map<Object, Object[]> locked = select(keyColumn, condition, padded, padded.size()).stream()
                .collect(Collectors.toMap(row -> row[0], Function.identity()));
        return ids.stream().filter(locked::containsKey).map(locked::get).toList();
    }

    /** Claims those of some locked rows whose keys are admitted; each is asked for in turn. */
    List<Claimed> take(List<Object[]> locked, Duration lease, Predicate<String> admits) {
        List<String> ids = locked.stream()
                .filter(row -> admits.test((String) row[1]))
                .map(row -> (String) row[0])
                .toList();
        String claim = NodeId.nextClaim();
        if (!ids.isEmpty()) {
            List<String> padded = InList.padded(ids);
            Query update = entities.createNativeQuery("UPDATE " + table + " SET claim = ?, leased_until = " + FROM_NOW
                    + " WHERE id IN (" + marks(padded) + ")");
            update.setParameter(1, claim).setParameter(2, lease.toMillis());
            bind(update, 3, padded);
            update.executeUpdate();
        }
        return ids.stream().map(id -> new Claimed(id, claim)).toList();
    }

    /** Moves the lease of a claimed row ahead; false if another node has taken the row. */
    public boolean renew(Claimed row, Duration lease) {
        return entities.createNativeQuery(
                                "UPDATE " + table + " SET leased_until = " + FROM_NOW + " WHERE id = ? AND claim = ?")
                        .setParameter(1, lease.toMillis())
                        .setParameter(2, row.id())
                        .setParameter(3, row.claim())
                        .executeUpdate()
                == 1;
    }

    /**
     * Gives a claimed row back, due again after a delay, unless it was cancelled meanwhile; false if another node has taken
     * the row.
     */
    public boolean release(Claimed row, Duration delay) {
        return entities.createNativeQuery("UPDATE " + table + " SET claim = NULL,"
                                + " due_at = CASE WHEN due_at IS NOT NULL THEN " + FROM_NOW + " END"
                                + " WHERE id = ? AND claim = ?")
                        .setParameter(1, delay.toMillis())
                        .setParameter(2, row.id())
                        .setParameter(3, row.claim())
                        .executeUpdate()
                == 1;
    }

    /** Ends the work on a claimed row; false if another node has taken the row. */
    public boolean finish(Claimed row) {
        return entities.createNativeQuery(
                                "UPDATE " + table + " SET claim = NULL, due_at = NULL WHERE id = ? AND claim = ?")
                        .setParameter(1, row.id())
                        .setParameter(2, row.claim())
                        .executeUpdate()
                == 1;
    }

    /** Gives claimed rows back as they were; past those that somebody has locked, whose work is being recorded. */
    public void releaseAll(Collection<Claimed> rows) {
        putBack(lock(rows));
    }

    /** Gives rows back that this transaction has claimed or locked. They stay due since they were, so they keep their places. */
    public void putBack(Collection<Claimed> rows) {
        if (!rows.isEmpty()) {
            List<String> ids = ids(rows);
            Query update = entities.createNativeQuery(
                    "UPDATE " + table + " SET claim = NULL WHERE id IN (" + marks(ids) + ")");
            bind(update, 1, ids);
            update.executeUpdate();
        }
    }

    /**
     * Locks rows, past those that somebody else has locked, so that no two who lock many rows can wait for each other.
     *
     * @return those that are locked and still carry their claim
     */
    public Set<Claimed> lock(Collection<Claimed> rows) {
        return lock(rows, "1 = 1");
    }

    /** As {@link #lock(Collection)} does, those of the rows that a condition is true of. */
    public Set<Claimed> lock(Collection<Claimed> rows, String condition) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        List<String> ids = ids(rows);
        Query select = entities.createNativeQuery("SELECT id, claim FROM " + table + " WHERE id IN (" + marks(ids)
                + ") AND " + condition + " FOR UPDATE SKIP LOCKED");
        bind(select, 1, ids);
        @SuppressWarnings("unchecked") // a query of two text columns
        List<Object[]> locked = select.getResultList();
        Set<Claimed> ours = new HashSet<>(rows);
        return locked.stream()
                .filter(row -> row[1] != null)
                .map(row -> new Claimed((String) row[0], (String) row[1]))
                .filter(ours::contains)
                .collect(Collectors.toSet());
    }

    private static List<String> ids(Collection<Claimed> rows) {
        return InList.padded(rows.stream().map(Claimed::id).toList());
    }

    /** Question marks, separated by commas, for so many values. */
    public static String marks(Collection<?> values) {
        return values.stream().map(value -> "?").collect(Collectors.joining(","));
    }

    /** Binds values to a query's parameters, from the first on. */
    public static void bind(Query query, int first, Collection<?> values) {
        List<Object> list = List.copyOf(values);
        IntStream.range(0, list.size()).forEach(i -> query.setParameter(first + i, list.get(i)));
    }
}
