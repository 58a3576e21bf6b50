package io.posthorn.rest;

import java.sql.SQLException;
import java.util.function.Supplier;

/** Runs transactions that others may be quicker than: those that create something unique, or change the same rows. */
public final class UniqueCreation {

    /** The class of SQL states that both databases give a broken constraint (ISO 9075, "integrity constraint violation"). */
    private static final String CONSTRAINT_VIOLATION = "23";

    /** The class of SQL states of transactions that the database ended in favour of others, as in a deadlock. */
    private static final String ROLLBACK = "40";

    private static final int TRIES = 3;

    private UniqueCreation() {}

    /** @throws ApiException 409 if a unique key was taken between the look and the insert */
    public static <T> T of(Supplier<T> transaction) {
        try {
            return transaction.get();
        } catch (Exception e) {
            if (isKeyTaken(e)) {
                throw ApiException.conflict("An entity with this key exists");
            }
            throw e;
        }
    }

    /** Runs a transaction that finds what others have written meanwhile; again, a few times at most, if one was in its way. */
    public static <T> T retried(Supplier<T> transaction) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction.get();
            } catch (Exception e) {
                if (tries == TRIES || !isContended(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether a transaction failed since another one wrote the same key or, in another order, the same rows. */
    public static boolean isContended(Throwable error) {
        return isKeyTaken(error) || hasState(error, ROLLBACK);
    }

    /** Whether a transaction failed since another one wrote the same key, or broke another constraint. */
    private static boolean isKeyTaken(Throwable error) {
        return hasState(error, CONSTRAINT_VIOLATION);
    }

    private static boolean hasState(Throwable error, String stateClass) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith(stateClass)) {
                return true;
            }
        }
        return false;
    }
}
