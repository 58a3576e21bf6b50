package io.posthorn.persistence;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** Tells a database that was away, or could not just then, from one that was asked for what it never does. */
public final class Outage {

    /**
     * The classes of SQL states of broken connections, of too few resources, of an operator's intervention and of errors of
     * the system.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, "Error Codes"</a>
     */
    private static final Set<String> STATES = Set.of("08", "53", "57", "58");

    private Outage() {}

    /** Whether an error comes of it, so that the same may succeed later. */
    public static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(SQLException error) {
        // By their classes, those of H2 and of our own pool.
        return error instanceof SQLTransientException
                || error instanceof SQLRecoverableException
                || error instanceof SQLNonTransientConnectionException
                || STATES.stream()
                        .anyMatch(state -> error.getSQLState() != null
                                && error.getSQLState().startsWith(state));
    }
}
