package io.posthorn.work;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * For PostgreSQL: one statement, which finds the keys and what is due of them, and locks it. Rows are compared by key and time
 * together, and of the time nothing else is asked, so that no index but that of both serves, whatever PostgreSQL believes of
 * how many rows are due.
 */
public final class TurnsTogether implements Turns {

    private final String table;
    private final String keyColumn;

    /** How many keys the last turn had that were wanted, as far as is known. */
    private volatile int wanted = 1;

    public TurnsTogether(String table, String keyColumn) {
        this.table = table;
        this.keyColumn = keyColumn;
    }

    /**
     * How many keys share the rows is known afterwards only; the number of the last turn is taken for this one's. The share is
     * not rounded up: some keys would fill the turn with more rows than there is room for, found and locked in vain.
     */
    @Override
    public Turn lockNext(EntityManager entities, String after, Set<String> full, int max) {
        int share = Turns.share(max, wanted);
        List<Object> parameters = new ArrayList<>(List.of(after));
        List<String> unwanted = InList.padded(full);
        parameters.addAll(unwanted);
        String query = query(table, keyColumn, unwanted.size(), share, severalTimes16(max));
        List<Object[]> locked = Turns.rows(entities, query, parameters);
        Object[] turn = locked.isEmpty() ? keys(entities, after) : Arrays.copyOfRange(locked.get(0), 2, 4);
        int keys = ((Number) turn[0]).intValue();
        wanted = Math.max(1, keys - full.size());
        return new Turn(
                keys,
                Objects.toString(turn[1], ""),
                Math.min(share, max),
                locked.stream().limit(max).toList());
    }

    /** So that few different statements are planned, and not many rows found that are not wanted. */
    private static int severalTimes16(int max) {
        return (max + 15) / 16 * 16;
    }

    /** How many keys the turn has, and the last one, where nothing of them was found. */
    private Object[] keys(EntityManager entities, String after) {
        String query = Turns.turn(table, keyColumn) + " SELECT COUNT(k), MAX(k) FROM turn";
        return Turns.<Object[]>rows(entities, query, List.of(after)).get(0);
    }

    /**
     * Each row says how many keys there are as well, and the last one.
     *
     * @param unwanted how many keys are not wanted, 1 or more
     * @param share of each key. Neither this nor {@code max} is a parameter of the query: not knowing them, PostgreSQL expects a
     *     tenth of all rows to be wanted, and plans anew each time in the hope of better
     * @param max of how many rows all together
     */
    public static String query(String table, String keyColumn, int unwanted, int share, int max) {
        return Turns.turn(table, keyColumn)
                + (" SELECT work.id, work.%2$s, turns.keys, turns.last"
                                + " FROM %1$s work CROSS JOIN (SELECT COUNT(k) AS keys, MAX(k) AS last FROM turn) turns"
                                + " WHERE work.id IN (SELECT found.id FROM turn CROSS JOIN LATERAL (SELECT id, due_at"
                                + " FROM %1$s WHERE (%2$s, due_at) >= (turn.k, " + DueTable.LONG_AGO
                                + ") AND (%2$s, due_at) <= (turn.k, CURRENT_TIMESTAMP) AND %2$s IS NOT NULL AND "
                                + DueTable.UNCLAIMED + " ORDER BY %2$s, due_at FETCH FIRST %4$s ROWS ONLY) found"
                                + " WHERE turn.k NOT IN (%3$s) ORDER BY found.due_at FETCH FIRST %5$s ROWS ONLY)"
                                + " AND " + DueTable.STILL_DUE + " ORDER BY work.due_at FOR UPDATE OF work SKIP LOCKED")
                        .formatted(table, keyColumn, String.join(",", Collections.nCopies(unwanted, "?")), share, max);
    }
}
