package io.posthorn.persistence;

import jakarta.persistence.EntityManager;

/** Removes rows whose time is over, a small batch in each transaction, so that nothing else has to wait for it. */
public final class Sweep {

    private static final int BATCH = 500;

    private Sweep() {}

    /**
     * Removes some rows in the caller's transaction.
     *
     * @param key the column that names a row
     * @param over which rows go: a condition with one parameter, and an order where that helps to find them
     * @return true if there may be more
     */
    public static boolean removeSome(EntityManager entities, String table, String key, String over, Object parameter) {
        return entities.createNativeQuery("DELETE FROM " + table + " WHERE " + key + " IN (SELECT " + key + " FROM "
                                + table + " WHERE " + over + " FETCH FIRST " + BATCH + " ROWS ONLY)")
                        .setParameter(1, parameter)
                        .executeUpdate()
                == BATCH;
    }
}
