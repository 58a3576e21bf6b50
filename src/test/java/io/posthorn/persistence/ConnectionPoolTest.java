package io.posthorn.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Told on H2 in memory, which lives as long as the connection that each test holds. */
class ConnectionPoolTest {

    private static final int MAX = 2;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final List<Connection> opened = new ArrayList<>();
    private final Set<Connection> lost = ConcurrentHashMap.newKeySet();
    private final AtomicReference<SQLException> databaseAway = new AtomicReference<>();
    private final AtomicReference<SQLException> diskFull = new AtomicReference<>();
    private final ConnectionPool pool = new ConnectionPool(this::open, this::checkRoom, MAX, Duration.ofMillis(100));
    private Connection outside;

    @BeforeEach
    void createTable() throws SQLException {
        outside = DriverManager.getConnection(url);
        try (Statement statement = outside.createStatement()) {
            statement.execute("CREATE TABLE t (id INT)");
        }
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        outside.close();
    }

    @Test
    void manyHandlesTakeTurnsWithFewConnections() throws SQLException {
        List<Connection> handles = handles(20);

        for (Connection handle : handles) {
            insert(handle);
            handle.commit();
        }

        assertThat(opened).hasSize(1);
        assertThat(rows()).isEqualTo(20);
    }

    @Test
    void aTransactionThatFindsAllConnectionsTakenSaysSoAfterAWhile() throws SQLException {
        List<Connection> handles = handles(3);
        insert(handles.get(0));
        insert(handles.get(1));

        assertThatThrownBy(() -> insert(handles.get(2)))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("none of the 2 database connections became free within ")
                .hasMessageContaining("posthorn.datasource.max-pool-size");
        handles.get(0).rollback();
        handles.get(2).rollback();
        insert(handles.get(2));

        assertThat(opened).hasSize(2);
    }

    @Test
    void aTransactionThatWasToldSoIsToldSoAtOnceFromThenOn() throws SQLException {
        List<Connection> handles = handles(3);
        insert(handles.get(0));
        insert(handles.get(1));
        Throwable first = catchThrowable(() -> insert(handles.get(2)));
        handles.get(0).rollback();

        assertThatThrownBy(() -> handles.get(2).isValid(1)).isSameAs(first);
        assertThatThrownBy(() -> insert(handles.get(2))).isSameAs(first);
    }

    @Test
    void manyThreadsShareTheConnections() {
        AtomicInteger failures = new AtomicInteger();
        ConnectionPool patient = new ConnectionPool(this::open, this::checkRoom, MAX, Duration.ofSeconds(20));

        CompletableFuture.allOf(IntStream.range(0, 16)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> {
                            try (Connection handle = ConnectionHandle.of(patient)) {
                                for (int n = 0; n < 20; n++) {
                                    handle.setAutoCommit(false);
                                    insert(handle);
                                    handle.commit();
                                }
                            } catch (SQLException e) {
                                failures.incrementAndGet();
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(failures).hasValue(0);
        assertThat(rows()).isEqualTo(320);
    }

    @Test
    void whatIsRolledBackIsGoneAndWhatIsCommittedStays() throws SQLException {
        Connection handle = handles(1).get(0);
        insert(handle);
        handle.rollback();
        insert(handle);
        handle.setAutoCommit(true);

        assertThat(rows()).isEqualTo(1);
        assertThat(handle.getAutoCommit()).isTrue();
    }

    @Test
    void aHandleThatIsClosedInATransactionRollsItBack() throws SQLException {
        Connection handle = handles(1).get(0);
        insert(handle);

        handle.close();

        assertThat(rows()).isZero();
        assertThat(handle.isClosed()).isTrue();
        assertThatThrownBy(handle::createStatement).hasMessage("the connection is closed");
    }

    @Test
    void whatServersSetAgainAndAgainCostsNoConnection() throws SQLException {
        Connection handle = ConnectionHandle.of(pool);
        Properties clientInfo = handle.getClientInfo();
        int isolation = handle.getTransactionIsolation();
        for (int i = 0; i < 5; i++) {
            handle.setAutoCommit(false);
            handle.setTransactionIsolation(isolation);
            handle.setReadOnly(false);
            handle.setClientInfo(clientInfo);
            insert(handle);
            handle.commit();
        }

        assertThat(opened).hasSize(1);
    }

    @Test
    void whatWasSetForOneTransactionIsNotSoForTheNext() throws SQLException {
        Connection handle = ConnectionHandle.of(pool);
        int isolation = handle.getTransactionIsolation();
        handle.setAutoCommit(false);
        handle.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(handle.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        handle.setTransactionIsolation(isolation);
        assertThat(handle.getTransactionIsolation()).isEqualTo(isolation);
        handle.commit();

        assertThat(handle.getTransactionIsolation()).isEqualTo(isolation);
        assertThat(opened).hasSize(2);
    }

    @Test
    void metadataOutlivesTheTransactionAndItsConnection() throws SQLException {
        Connection handle = ConnectionHandle.of(pool);
        DatabaseMetaData kept = handle.getMetaData();
        handle.setAutoCommit(false);
        handle.setReadOnly(true);
        assertThat(tables(kept)).contains("T");

        handle.commit();
        assertThat(tables(kept)).contains("T");
        handle.setAutoCommit(true);

        assertThat(tables(kept)).contains("T");
        assertThat(kept.getConnection()).isSameAs(handle);
        assertThat(opened).hasSize(2);
    }

    @Test
    void resultsOfMetadataKeepTheConnectionUntilTheyAreClosed() throws SQLException {
        Connection handle = ConnectionHandle.of(pool);
        DatabaseMetaData kept = handle.getMetaData();
        try (ResultSet first = kept.getTables(null, null, "T", null);
                ResultSet second = kept.getTables(null, null, "T", null)) {
            assertThat(first.next()).isTrue();
            assertThat(second.next()).isTrue();
        }

        List<Connection> others = handles(MAX);
        insert(others.get(0));
        insert(others.get(1));

        handle.close();
        assertThatThrownBy(kept::getTableTypes).hasMessage("the connection is closed");
    }

    @Test
    void aConnectionThatBrokeIsReplaced() throws SQLException {
        Connection handle = handles(1).get(0);
        insert(handle);
        handle.commit();

        opened.get(0).close();
        insert(handle);
        handle.commit();

        assertThat(opened).hasSize(2);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aTransactionWhoseConnectionBreaksFailsAndTheNextHasAnother() throws SQLException {
        List<Connection> handles = handles(2);
        insert(handles.get(0));
        insert(handles.get(1));
        handles.get(1).commit();
        for (Connection connection : opened) {
            connection.close();
        }

        assertThatThrownBy(() -> insert(handles.get(0))).isInstanceOf(SQLException.class);
        assertThatThrownBy(handles.get(0)::rollback).isInstanceOf(SQLException.class);
        for (Connection handle : handles) {
            insert(handle);
            handle.commit();
        }

        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void aDatabaseThatIsAwayIsToldAtOnceAndCostsNoPlaces() throws SQLException {
        databaseAway.set(new SQLException("refused"));
        List<Connection> handles = handles(1);
        for (int i = 0; i < MAX + 1; i++) {
            assertThatThrownBy(() -> insert(handles.get(0))).hasMessage("refused");
            handles.get(0).rollback();
        }

        databaseAway.set(null);
        insert(handles.get(0));
        handles.get(0).commit();

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void nothingIsBegunForWhichThereIsNoRoomWhateverIsIdle() throws SQLException {
        Connection handle = handles(1).get(0);
        insert(handle);
        handle.commit();

        diskFull.set(new SQLException("no room"));
        for (int i = 0; i < MAX + 1; i++) {
            assertThatThrownBy(() -> insert(handle)).hasMessage("no room");
            handle.rollback();
        }

        diskFull.set(null);
        insert(handle);
        handle.commit();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void whatWouldStayWithAConnectionEndsWithIt() throws SQLException {
        Connection handle = handles(1).get(0);
        handle.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        insert(handle);
        handle.commit();

        insert(handle);

        assertThat(handle.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(opened.get(0).isClosed()).isTrue();
    }

    @Test
    void aTransactionThatAnotherThreadEndsLeavesItsConnectionToNobody() throws SQLException {
        Connection handle = handles(1).get(0);
        insert(handle);

        CompletableFuture.runAsync(() -> {
                    try {
                        handle.rollback();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .join();

        assertThat(opened.get(0).isClosed()).isTrue();
    }

    @Test
    void nothingStaysOpenOnceTheLastHandleIsClosed() throws SQLException {
        List<Connection> handles = handles(2);
        insert(handles.get(0));
        handles.get(0).commit();

        handles.get(0).close();
        assertThat(opened.get(0).isClosed()).isFalse();
        handles.get(1).close();
        handles.get(1).close();

        assertThat(opened.get(0).isClosed()).isTrue();
    }

    @Test
    void aStatementOutsideATransactionIsCommittedByItself() throws SQLException {
        try (Connection handle = ConnectionHandle.of(pool)) {
            insert(handle);

            assertThat(rows()).isEqualTo(1);
            assertThat(Set.of(handle, outside)).contains(handle);
        }
    }

    @Test
    void statementsOutsideATransactionGiveTheirConnectionBackOnceTheLastIsClosed() throws SQLException {
        List<Connection> handles = handles(MAX + 1);
        for (Connection handle : handles) {
            handle.setAutoCommit(true);
            assertThatThrownBy(() -> handle.prepareStatement("no SQL")).isInstanceOf(SQLException.class);
            try (PreparedStatement first = handle.prepareStatement("SELECT 1");
                    PreparedStatement second = handle.prepareStatement("SELECT 2")) {
                first.executeQuery().close();
                first.close();
                first.close();
                assertThat(handle.isReadOnly()).isFalse();
                try (ResultSet rows = second.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }

        for (Connection handle : handles) {
            handle.setAutoCommit(false);
            insert(handle);
            handle.commit();
        }
        assertThat(opened).hasSize(1);
    }

    @Test
    void afterOneBrokeTheOthersAreCheckedHoweverShortTheyHaveIdled() throws SQLException {
        List<Connection> handles = handles(2);
        insert(handles.get(0));
        insert(handles.get(1));
        handles.get(1).commit();
        databaseRestarts();

        assertThatThrownBy(() -> insert(handles.get(0))).hasMessage("broken pipe");
        assertThatThrownBy(handles.get(0)::rollback).hasMessage("broken pipe");
        insert(handles.get(1));
        handles.get(1).commit();

        assertThat(opened).hasSize(3);
        assertThat(rows()).isEqualTo(2);
    }

    private static List<String> tables(DatabaseMetaData metaData) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = metaData.getTables(null, null, "T", null)) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private Connection open() throws SQLException {
        if (databaseAway.get() != null) {
            throw databaseAway.get();
        }
        Connection connection = DriverManager.getConnection(url);
        synchronized (opened) {
            opened.add(connection);
        }
        return seenFromHere(connection);
    }

    private void checkRoom() throws SQLException {
        if (diskFull.get() != null) {
            throw diskFull.get();
        }
    }

    /** Ends all connections behind the back of their drivers, which notice with the next statement. */
    private void databaseRestarts() {
        lost.addAll(opened);
    }

    private Connection seenFromHere(Connection connection) {
        AtomicBoolean noticed = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!lost.contains(connection) || method.getName().equals("close")) {
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    if (method.getName().equals("isValid")) {
                        return false;
                    }
                    if (method.getName().equals("isClosed")) {
                        return noticed.get();
                    }
                    noticed.set(true);
                    throw new SQLException("broken pipe");
                });
    }

    private List<Connection> handles(int count) throws SQLException {
        List<Connection> handles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection handle = ConnectionHandle.of(pool);
            handle.setAutoCommit(false);
            handles.add(handle);
        }
        return handles;
    }

    private static void insert(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t VALUES (1)");
        }
    }

    private int rows() {
        try (Statement statement = outside.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
