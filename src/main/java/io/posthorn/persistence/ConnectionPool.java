package io.posthorn.persistence;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the database, at most {@code posthorn.datasource.max-pool-size} of them. Each is taken for a
 * transaction and given back. One that has idled is checked before it is used, so nothing needs to be started anew after the
 * database was; and a database that cannot be reached is told at once, not after a time of trying.
 */
final class ConnectionPool {

    /** Opens a connection. */
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Says whether what a connection is taken for can be stored. */
    interface Room {
        /** @throws SQLException saying what there is no room for, and where */
        void check() throws SQLException;
    }

    /** How long a thread waits for one of the others to give a connection back. */
    private static final Duration WAIT = Duration.ofSeconds(5);
    /** One that was used a moment ago is as good as one that was checked a moment ago. */
    private static final long UNCHECKED_NANOS = Duration.ofSeconds(1).toNanos();
    /** Fewer connections after a peak. */
    private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();
    /** So that a database behind a name that has moved is found in the end. */
    private static final long LIFE_NANOS = Duration.ofMinutes(30).toNanos();

    private static final int CHECK_SECONDS = 5;

    private final Opener opener;
    private final Room room;
    private final int max;
    private final Duration wait;
    private final Semaphore free;
    /** The one used last comes first, guarded by itself. */
    private final Deque<Pooled> idle = new ArrayDeque<>();

    private volatile @Nullable LastingState asOpened;
    private int users;
    private long suspectBefore = System.nanoTime();

    ConnectionPool(Opener opener, Room room, int max) {
        this(opener, room, max, WAIT);
    }

    ConnectionPool(Opener opener, Room room, int max, Duration wait) {
        this.opener = opener;
        this.room = room;
        this.max = max;
        this.wait = wait;
        this.free = new Semaphore(max, true);
    }

    /** A connection, with the thread that has it, and when it was opened and given back. */
    static final class Pooled {

        private final Connection connection;
        private final long opened = System.nanoTime();
        private long used = opened;
        private Thread taker = Thread.currentThread();

        private Pooled(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        Thread taker() {
            return taker;
        }
    }

    /**
     * @throws SQLException at once if the database cannot be reached or has no room, and after a while if all connections
     *     are in use
     */
    Pooled take() throws SQLException {
        room.check();
        acquire();
        try {
            for (Pooled pooled = nextIdle(); pooled != null; pooled = nextIdle()) {
                if (isUsable(pooled)) {
                    pooled.taker = Thread.currentThread();
                    return pooled;
                }
                closeQuietly(pooled.connection);
            }
            return open();
        } catch (SQLException | RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    private Pooled open() throws SQLException {
        Connection opened = opener.open();
        try {
            if (asOpened == null) {
                asOpened = LastingState.of(opened);
            }
            return new Pooled(opened);
        } catch (SQLException e) {
            closeQuietly(opened);
            throw e;
        }
    }

    /** Whether a setter would leave a connection as it was opened; they are all opened alike. */
    boolean isAsOpened(Method setter, Object @Nullable [] arguments) {
        LastingState known = asOpened;
        return known != null && known.isSame(setter, arguments);
    }

    /** Takes back a connection whose transaction has ended. */
    void giveBack(Pooled pooled) {
        pooled.used = System.nanoTime();
        List<Pooled> closing = new ArrayList<>();
        synchronized (idle) {
            if (users == 0 || pooled.used - pooled.opened > LIFE_NANOS) {
                closing.add(pooled);
            } else {
                idle.addFirst(pooled);
            }
            while (!idle.isEmpty() && pooled.used - idle.getLast().used > IDLE_NANOS) {
                closing.add(idle.removeLast());
            }
        }
        // Before somebody may open another one.
        closing.forEach(each -> closeQuietly(each.connection));
        free.release();
    }

    /** Takes back a connection that nobody should use again. */
    void discard(Pooled pooled) {
        closeQuietly(pooled.connection);
        free.release();
    }

    /** Has all that are idle checked before they are used: a connection has broken, and they may have with it. */
    void suspectIdle() {
        synchronized (idle) {
            suspectBefore = System.nanoTime();
        }
    }

    /** Says that somebody may take connections from now on. */
    void addUser() {
        synchronized (idle) {
            users++;
        }
    }

    /** Says that somebody takes no more; nothing stays open for nobody, since H2 closes its file with the last connection. */
    void removeUser() {
        List<Pooled> closing = new ArrayList<>();
        synchronized (idle) {
            users--;
            if (users == 0) {
                closing.addAll(idle);
                idle.clear();
            }
        }
        closing.forEach(each -> closeQuietly(each.connection));
    }

    private void acquire() throws SQLException {
        try {
            if (!free.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException(
                        "none of the " + max + " database connections became free within " + wait.toSeconds()
                                + " s; posthorn.datasource.max-pool-size says how many there are");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a database connection", e);
        }
    }

    private @Nullable Pooled nextIdle() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private boolean isUsable(Pooled pooled) throws SQLException {
        boolean suspect;
        synchronized (idle) {
            suspect = pooled.used - suspectBefore < 0;
        }
        boolean checked = !suspect && System.nanoTime() - pooled.used < UNCHECKED_NANOS;
        return !pooled.connection.isClosed() && (checked || pooled.connection.isValid(CHECK_SECONDS));
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // It is closed for us in any case.
        }
    }
}
