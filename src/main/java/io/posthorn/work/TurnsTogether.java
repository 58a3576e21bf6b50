package io.posthorn.work;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * For PostgreSQL: one query, of the keys and of what is due of them. Its rows are compared by key and time together. Of a key
 * that equals something, the index by time alone has the wanted order as well; and where many due rows are believed to be of
 * that key, PostgreSQL walks along that one, past all that other keys have.
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

    /** How many keys share the rows is known afterwards only; the number of the last turn is taken for this one's. */
    @Override
    public Turn next(EntityManager entities, String after, Set<String> full, int max) {
        int share = InList.powerOfTwo(Turns.share(max, wanted));
        List<Object> parameters = new ArrayList<>(List.of(after));
        List<String> unwanted = InList.padded(full);
        parameters.addAll(unwanted);
        String query = query(table, keyColumn, unwanted.size(), share, InList.powerOfTwo(max));
        List<Object[]> rows = Turns.rows(entities, query, parameters);
        int keys = ((Number) rows.get(0)[1]).intValue();
        wanted = Math.max(1, keys - full.size());
        return new Turn(
                keys,
                Objects.toString(rows.get(0)[2], ""),
                Math.min(share, max),
                rows.stream()
                        .filter(row -> row[0] != null)
                        .map(row -> (String) row[0])
                        .limit(max)
                        .toList());
    }

    /**
     * Has a row in any case; each says how many keys there are, and the last one.
     *
     * @param unwanted how many keys are not wanted, 1 or more
     * @param share of each key. Neither this nor {@code max} is a parameter of the query: not knowing them, PostgreSQL expects a
     *     tenth of all rows to be wanted, and plans anew each time in the hope of better
     * @param max of how many rows all together
     */
    public static String query(String table, String keyColumn, int unwanted, int share, int max) {
        return Turns.turn(table, keyColumn)
                + (" SELECT due.id, turns.keys, turns.last FROM (SELECT COUNT(k) AS keys, MAX(k) AS last FROM turn) turns"
                                + " LEFT JOIN (SELECT found.id, found.due_at FROM turn CROSS JOIN LATERAL (SELECT id, due_at"
                                + " FROM %1$s WHERE (%2$s, due_at) >= (turn.k, " + DueTable.LONG_AGO
                                + ") AND (%2$s, due_at) <= (turn.k, CURRENT_TIMESTAMP) AND " + DueTable.DUE
                                + " ORDER BY %2$s, due_at FETCH FIRST %4$s ROWS ONLY) found"
                                + " WHERE turn.k NOT IN (%3$s) ORDER BY found.due_at FETCH FIRST %5$s ROWS ONLY) due"
                                + " ON TRUE ORDER BY due.due_at")
                        .formatted(table, keyColumn, String.join(",", Collections.nCopies(unwanted, "?")), share, max);
    }
}
