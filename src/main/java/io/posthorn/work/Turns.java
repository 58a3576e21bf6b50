package io.posthorn.work;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Set;

/**
 * Finds due rows along an index of their keys and the time, a few keys at a time, however many rows each key has: leaps
 * from key to key, and takes the oldest due rows of each. They are locked, but for those that are locked already.
 */
public interface Turns {

    /** So many keys have their turn together. */
    int KEYS = 32;

    /**
     * Some keys and what is due of them.
     *
     * @param keys how many
     * @param last of the keys, in their order; empty if there are none
     * @param share how many rows of a key would all have been found
     * @param locked arrays of a row's id and its key, those due first come first
     */
    record Turn(int keys, String last, int share, List<Object[]> locked) {

        /** Whether no keys follow. */
        boolean isLast() {
            return keys < KEYS;
        }

        /** Whether a key may have more rows than were looked for. */
        boolean mayHaveLeft() {
            return locked.size() >= share;
        }
    }

    /**
     * The next keys that have something due.
     *
     * @param after the key before them; empty for the first ones
     * @param full keys of which nothing is wanted
     * @param max of how many rows all together, 1 or more
     */
    Turn lockNext(EntityManager entities, String after, Set<String> full, int max);

    /**
     * The beginning of a query, {@code turn}, of keys {@code k} and a null after the last of all; takes the key before them. What
     * a key and a space come before is all that is greater; H2 would look for what is greater among the key's own rows as well.
     */
    static String turn(String table, String keyColumn) {
        return ("WITH RECURSIVE turn(k, n) AS (SELECT (SELECT %2$s FROM %1$s"
                        + " WHERE %2$s IS NOT NULL AND %2$s >= ? || ' ' ORDER BY %2$s FETCH FIRST 1 ROW ONLY), 1 UNION ALL"
                        + " SELECT (SELECT %2$s FROM %1$s WHERE %2$s IS NOT NULL AND %2$s >= turn.k || ' ' ORDER BY %2$s"
                        + " FETCH FIRST 1 ROW ONLY), n + 1 FROM turn WHERE k IS NOT NULL AND n < " + KEYS + ")")
                .formatted(table, keyColumn);
    }

    /** So many rows of each key that none of them takes what others are to have. */
    static int share(int max, int keys) {
        return (max + keys - 1) / keys;
    }

    /** The rows of a query. */
    static <T> List<T> rows(EntityManager entities, String sql, List<?> parameters) {
        Query query = entities.createNativeQuery(sql);
        DueTable.bind(query, 1, parameters);
        @SuppressWarnings("unchecked") // the caller says what the query is of
        List<T> rows = query.getResultList();
        return rows;
    }
}
