package io.posthorn.work;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * For H2, which would walk along all due rows for what {@link TurnsTogether} asks: a statement for the keys, one for what is
 * due of them, and one that locks it. H2 evaluates the condition of a locking statement anew for each row, and with it any
 * query within.
 */
public final class TurnsOneByOne implements Turns {

    /** Stands where there is no key. */
    private static final String NO_KEY = "";

    private final String table;
    private final String keyColumn;

    public TurnsOneByOne(String table, String keyColumn) {
        this.table = table;
        this.keyColumn = keyColumn;
    }

    @Override
    public Turn lockNext(EntityManager entities, String after, Set<String> full, int max) {
        List<String> keys = Turns.rows(entities, keys(table, keyColumn), List.of(after));
        String last = keys.isEmpty() ? "" : Collections.max(keys);
        List<String> wanted = keys.stream().filter(key -> !full.contains(key)).toList();
        if (wanted.isEmpty()) {
            return new Turn(keys.size(), last, max, List.of());
        }
        int share = Turns.share(max, wanted.size());
        List<Object> parameters = new ArrayList<>(wanted);
        parameters.addAll(Collections.nCopies(InList.powerOfTwo(wanted.size()) - wanted.size(), NO_KEY));
        String rows = rows(table, keyColumn, parameters.size());
        parameters.addAll(List.of(share, max));
        List<String> ids = Turns.rows(entities, rows, parameters);
        return new Turn(keys.size(), last, share, new DueTable(entities, table).lockDue(keyColumn, ids));
    }

    /** The keys of the next turn. */
    static String keys(String table, String keyColumn) {
        return Turns.turn(table, keyColumn) + " SELECT k FROM turn WHERE k IS NOT NULL ORDER BY k";
    }

    /** To plan one for a number of keys takes H2 some milliseconds, so the numbers of rows are parameters. */
    static String rows(String table, String keyColumn, int keys) {
        return IntStream.rangeClosed(1, keys)
                .mapToObj(key -> "(SELECT id, due_at FROM " + table + " WHERE " + keyColumn + " = ?" + key + " AND "
                        + DueTable.DUE + " ORDER BY due_at FETCH FIRST ?" + (keys + 1) + " ROWS ONLY)")
                .collect(Collectors.joining(
                        " UNION ALL ",
                        "SELECT id FROM (",
                        ") turn ORDER BY due_at FETCH FIRST ?" + (keys + 2) + " ROWS ONLY"));
    }
}
