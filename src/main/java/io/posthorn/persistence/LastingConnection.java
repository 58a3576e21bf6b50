package io.posthorn.persistence;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is opened anew between transactions when it has broken. The servers' pools do not look whether their
 * connections live unless they are told to in each server's own way; WildFly's would hand out broken ones for ever.
 */
final class LastingConnection implements InvocationHandler {

    /** One that has idled for longer is tried before it is used: one round trip, against a request that fails. */
    private static final Duration TRY_AFTER = Duration.ofSeconds(1);

    private static final int TRY_SECONDS = 2;

    /** What a pool may call on a connection without being about to use it. */
    private static final Set<String> NO_USE =
            Set.of("close", "abort", "isClosed", "getAutoCommit", "getWarnings", "clearWarnings", "toString");

    /** When one was last found broken; all that were open at that moment may be. A moment of the past, to begin with. */
    private static volatile long lastBreak = System.nanoTime();

    /** Opens a connection to the database. */
    @FunctionalInterface
    interface Opener {

        Connection open() throws SQLException;
    }

    private final Opener opener;
    private Connection connection;
    private boolean autoCommit = true;
    private boolean amidTransaction;
    private long lastUse = System.nanoTime();

    private LastingConnection(Opener opener) throws SQLException {
        this.opener = opener;
        this.connection = opener.open();
    }

    static Connection open(Opener opener) throws SQLException {
        return (Connection) Proxy.newProxyInstance(
                LastingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LastingConnection(opener));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (name.equals("hashCode")) {
            return System.identityHashCode(proxy);
        }
        if (NO_USE.contains(name)) {
            return call(method, arguments);
        }
        if (!amidTransaction && !isReturn(name, arguments)) {
            mend();
        }
        try {
            return isOverAlready(name, arguments) ? null : call(method, arguments);
        } finally {
            learn(name, arguments);
        }
    }

    /** Whether a pool takes the connection back: no moment to open a new one. */
    private static boolean isReturn(String name, Object @Nullable [] arguments) {
        return isRollback(name, arguments)
                || name.equals("setAutoCommit") && arguments != null && (Boolean) arguments[0];
    }

    private static boolean isRollback(String name, Object @Nullable [] arguments) {
        return name.equals("rollback") && arguments == null;
    }

    /** A database rolls back what a broken connection began. A commit is left to fail. */
    private boolean isOverAlready(String name, Object @Nullable [] arguments) throws SQLException {
        return connection.isClosed() && (isRollback(name, arguments) || !amidTransaction && isReturn(name, arguments));
    }

    private void learn(String name, Object @Nullable [] arguments) throws SQLException {
        boolean ends = name.equals("commit") || isRollback(name, arguments);
        if (name.equals("setAutoCommit") && arguments != null) {
            autoCommit = (Boolean) arguments[0];
            ends = true;
        }
        amidTransaction = !ends && !autoCommit;
        lastUse = System.nanoTime();
        if (connection.isClosed()) {
            lastBreak = lastUse;
        }
    }

    private void mend() throws SQLException {
        if (connection.isClosed() || isSuspect() && !connection.isValid(TRY_SECONDS)) {
            lastBreak = System.nanoTime();
            Connection fresh = opener.open();
            fresh.setAutoCommit(autoCommit);
            closeQuietly(connection);
            connection = fresh;
        }
    }

    private boolean isSuspect() {
        return lastUse - lastBreak < 0 || System.nanoTime() - lastUse > TRY_AFTER.toNanos();
    }

    private static void closeQuietly(Connection broken) {
        try {
            broken.close();
        } catch (SQLException expected) {
            // It is broken, and nobody will use it again.
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
