package io.posthorn.work;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the oldest due rows of some keys are found, along an index of the key and the time. */
public enum OfKeys {

    /** For H2: a query for each key. To plan one takes H2 some milliseconds, so the number of rows is a parameter. */
    ONE_BY_ONE {
        @Override
        public String query(String table, String keyColumn, int keys, int share) {
            return IntStream.rangeClosed(1, keys)
                    .mapToObj(key -> "(SELECT id, due_at FROM " + table + " WHERE " + keyColumn + " = ?" + key + " AND "
                            + DueTable.DUE + " ORDER BY due_at FETCH FIRST ?" + (keys + 1) + " ROWS ONLY)")
                    .collect(Collectors.joining(
                            " UNION ALL ",
                            "SELECT id FROM (",
                            ") turn ORDER BY due_at FETCH FIRST ?" + (keys + 2) + " ROWS ONLY"));
        }

        @Override
        List<Object> parameters(List<String> keys, int share, int max) {
            List<Object> parameters = new ArrayList<>(keys);
            parameters.addAll(List.of(share, max));
            return parameters;
        }
    },

    /**
     * For PostgreSQL: one query, planned once however many keys there are. Its rows are compared by key and time together.
     * Of a key that equals something, the index by time alone has the wanted order as well; and where many due rows are
     * believed to be of that key, PostgreSQL walks along that one, past all that other keys have. The number of rows is no
     * parameter: not knowing it, PostgreSQL expects a tenth of all rows to be wanted.
     */
    TOGETHER {
        @Override
        public String query(String table, String keyColumn, int keys, int share) {
            return "SELECT due.id FROM (VALUES " + String.join(", ", Collections.nCopies(keys, "(?)"))
                    + ") turn(k) CROSS JOIN LATERAL (SELECT id, due_at FROM " + table + " WHERE (" + keyColumn
                    + ", due_at) >= (turn.k, " + DueTable.LONG_AGO + ") AND (" + keyColumn
                    + ", due_at) <= (turn.k, CURRENT_TIMESTAMP) AND " + DueTable.DUE + " ORDER BY " + keyColumn
                    + ", due_at FETCH FIRST " + InList.powerOfTwo(share)
                    + " ROWS ONLY) due ORDER BY due.due_at FETCH FIRST ? ROWS ONLY";
        }

        @Override
        List<Object> parameters(List<String> keys, int share, int max) {
            List<Object> parameters = new ArrayList<>(keys);
            parameters.add(max);
            return parameters;
        }
    };

    /** Stands where there is no key. */
    private static final String NO_KEY = "";

    /**
     * Finds ids, those due first.
     *
     * @param share how many rows of a key are looked for
     */
    public abstract String query(String table, String keyColumn, int keys, int share);

    /** @param max of how many rows all together */
    abstract List<Object> parameters(List<String> keys, int share, int max);

    /** As many keys as a power of two, as {@link InList} does; a key that came twice would have its rows found twice. */
    static List<String> padded(Collection<String> keys) {
        List<String> padded = new ArrayList<>(keys);
        padded.addAll(Collections.nCopies(InList.powerOfTwo(keys.size()) - keys.size(), NO_KEY));
        return padded;
    }
}
