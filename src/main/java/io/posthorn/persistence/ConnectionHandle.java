package io.posthorn.persistence;

import io.posthorn.persistence.ConnectionPool.Pooled;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server pools as a connection: it takes a real one with the first statement of a transaction, and gives it back
 * with the transaction's end. So however many of these the server keeps, the database sees no more connections than are
 * configured; and none of these breaks with a connection.
 */
final class ConnectionHandle implements InvocationHandler {

    private final ConnectionPool pool;
    /** The statements, and the results of metadata, that are open outside a transaction. */
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable Pooled taken;
    /** Why a transaction got no connection: it need not wait for one again, whatever its owner still tries. */
    private @Nullable SQLException refused;

    private boolean autoCommit = true;
    private boolean closed;
    private boolean altered;
    private boolean lent;
    private boolean broken;

    private ConnectionHandle(ConnectionPool pool) {
        this.pool = pool;
    }

    static Connection of(ConnectionPool pool) {
        pool.addUser();
        return (Connection) Proxy.newProxyInstance(
                ConnectionHandle.class.getClassLoader(), new Class<?>[] {Connection.class}, new ConnectionHandle(pool));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return arguments != null && proxy == arguments[0];
            case "hashCode":
                return System.identityHashCode(proxy);
            case "toString":
                return "ConnectionHandle@" + Integer.toHexString(System.identityHashCode(proxy));
            case "isClosed":
                return closed;
            case "close", "abort":
                close();
                return null;
            default:
                checkOpen();
                return whileOpen(proxy, method, arguments);
        }
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw new SQLNonTransientConnectionException("the connection is closed");
        }
    }

    private @Nullable Object whileOpen(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "getAutoCommit":
                return autoCommit;
            case "setAutoCommit":
                setAutoCommit(arguments != null && Boolean.TRUE.equals(arguments[0]));
                return null;
            case "commit":
                end(Connection::commit);
                return null;
            case "rollback":
                if (arguments == null) {
                    end(Connection::rollback);
                    return null;
                }
                return call(Target.CONNECTION, method, arguments);
            case "getMetaData":
                return metaData((Connection) proxy);
            default:
                return call(Target.CONNECTION, method, arguments);
        }
    }

    private void setAutoCommit(boolean wanted) throws SQLException {
        if (wanted == autoCommit) {
            return;
        }
        if (wanted) {
            // Ends the transaction, as the JDBC specification has it.
            end(Connection::commit);
        } else if (taken != null) {
            taken.connection().setAutoCommit(false);
        }
        autoCommit = wanted;
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    private void end(Ending ending) throws SQLException {
        refused = null;
        Pooled ended = taken;
        if (ended == null) {
            return;
        }
        try {
            ending.end(ended.connection());
            ended.connection().setAutoCommit(true);
        } catch (SQLException | RuntimeException e) {
            broken = true;
            throw e;
        } finally {
            release();
        }
    }

    /** Callers keep metadata for longer than a transaction, so each call is one to the connection that is taken then. */
    private DatabaseMetaData metaData(Connection handle) {
        return (DatabaseMetaData) Proxy.newProxyInstance(
                ConnectionHandle.class.getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> {
                    checkOpen();
                    return switch (method.getName()) {
                        case "getConnection" -> handle;
                        // Else Payara asks for the client information before each transaction, and sets it after.
                        case "getClientInfoProperties" -> throw new SQLFeatureNotSupportedException();
                        default -> call(Connection::getMetaData, method, arguments);
                    };
                });
    }

    /** What of a connection a method is called on. */
    private interface Target {

        Target CONNECTION = connection -> connection;

        Object of(Connection connection) throws SQLException;
    }

    private @Nullable Object call(Target target, Method method, Object @Nullable [] arguments) throws Throwable {
        if (LastingState.isSetBy(method)) {
            // Servers say again and again what is so already.
            if (!altered && pool.isAsOpened(method, arguments)) {
                return null;
            }
            altered = true;
        }
        Pooled mine = take();
        try {
            Object result = method.invoke(target.of(mine.connection()), arguments);
            if (autoCommit && result instanceof Statement statement) {
                return alone(statement, kind(statement), mine);
            }
            if (autoCommit && result instanceof ResultSet resultSet) {
                return alone(resultSet, ResultSet.class, mine);
            }
            // Of other things that live on the connection, nobody says when they are done with.
            lent |= result instanceof Wrapper;
            return result;
        } catch (InvocationTargetException e) {
            broken |= isBroken(mine.connection());
            throw e.getCause();
        } finally {
            if (autoCommit && (broken || !lent && open.isEmpty())) {
                release();
            }
        }
    }

    /** What is open outside a transaction: with the last of them that is closed, the connection goes back. */
    private Object alone(Object resource, Class<?> kind, Pooled mine) {
        open.add(resource);
        return Proxy.newProxyInstance(
                ConnectionHandle.class.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(resource, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        boolean last = method.getName().equals("close") && open.remove(resource) && open.isEmpty();
                        if (last && !lent && autoCommit && taken == mine) {
                            release();
                        }
                    }
                });
    }

    private static Class<?> kind(Statement statement) {
        if (statement instanceof CallableStatement) {
            return CallableStatement.class;
        }
        return statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    }

    private Pooled take() throws SQLException {
        Pooled mine = taken;
        if (mine == null) {
            mine = takeFromPool();
            taken = mine;
            if (!autoCommit) {
                mine.connection().setAutoCommit(false);
            }
        }
        return mine;
    }

    private Pooled takeFromPool() throws SQLException {
        if (refused != null) {
            throw refused;
        }
        try {
            return pool.take();
        } catch (SQLException e) {
            refused = autoCommit ? null : e;
            throw e;
        }
    }

    private void release() {
        Pooled released = taken;
        if (released == null) {
            return;
        }
        taken = null;
        open.clear();
        broken |= isBroken(released.connection());
        if (broken) {
            pool.suspectIdle();
        }
        // Where a transaction is ended for its thread, since its time is over, that thread may still be at it.
        if (broken || altered || released.taker() != Thread.currentThread()) {
            pool.discard(released);
        } else {
            pool.giveBack(released);
        }
        broken = false;
        altered = false;
        lent = false;
    }

    /** A driver closes a connection itself once it has ended. */
    private static boolean isBroken(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private void close() throws SQLException {
        if (!closed) {
            closed = true;
            try {
                if (!autoCommit) {
                    end(Connection::rollback);
                }
            } finally {
                release();
                pool.removeUser();
            }
        }
    }
}
