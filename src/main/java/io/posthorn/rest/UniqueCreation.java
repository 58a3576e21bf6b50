package io.posthorn.rest;

import java.sql.SQLException;
import java.util.function.Supplier;

/** Runs a transaction that creates something unique, and answers 409 if another request was quicker. */
public final class UniqueCreation {

    /** The class of SQL states that both databases give a broken constraint (ISO 9075, "integrity constraint violation"). */
    private static final String CONSTRAINT_VIOLATION = "23";

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

    /** Whether a transaction failed since another one wrote the same key, or broke another constraint. */
    public static boolean isKeyTaken(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith(CONSTRAINT_VIOLATION)) {
                return true;
            }
        }
        return false;
    }
}
