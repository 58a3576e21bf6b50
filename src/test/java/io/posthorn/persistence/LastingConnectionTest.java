package io.posthorn.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastingConnectionTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Deque<Connection> opened = new ArrayDeque<>();
    private boolean databaseAway;
    private boolean silentlyDead;
    private Connection keeper;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        keeper = DriverManager.getConnection(url);
        execute(keeper, "CREATE TABLE entry (text VARCHAR(10))");
        connection = LastingConnection.open(() -> {
            if (databaseAway) {
                throw new SQLException("away");
            }
            opened.push(new org.h2.Driver().connect(url, new Properties()));
            return mortal(opened.peek());
        });
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        keeper.close();
    }

    @Test
    void oneThatBrokeBetweenTransactionsIsOpenedAnew() throws SQLException {
        breakIt();

        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO entry VALUES ('a')");
        connection.commit();

        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void oneThatBreaksWithinATransactionStaysBrokenToItsEnd() throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO entry VALUES ('a')");
        breakIt();

        assertThatThrownBy(() -> execute(connection, "INSERT INTO entry VALUES ('b')"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        connection.rollback();
        connection.setAutoCommit(true);

        assertThat(opened).hasSize(1);
        assertThat(entries()).isZero();
    }

    @Test
    void theTransactionAfterIsOnANewOneThatDoesNotCommitByItself() throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO entry VALUES ('a')");
        breakIt();
        connection.rollback();

        execute(connection, "INSERT INTO entry VALUES ('b')");

        assertThat(connection.getAutoCommit()).isFalse();
        connection.rollback();
        assertThat(entries()).isZero();
    }

    @Test
    void whileTheDatabaseIsAwayEveryUseFailsAndThenItWorksAgain() throws SQLException {
        breakIt();
        databaseAway = true;
        assertThatThrownBy(() -> connection.setAutoCommit(false)).hasMessage("away");
        assertThatThrownBy(() -> connection.createStatement()).hasMessage("away");

        databaseAway = false;

        execute(connection, "INSERT INTO entry VALUES ('a')");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void whenOneHasBrokenTheOthersAreTriedBeforeTheyAreUsed() throws SQLException {
        Connection other = LastingConnection.open(() -> DriverManager.getConnection(url));
        silentlyDead = true;
        other.unwrap(Connection.class).close();
        other.rollback();
        other.close();

        execute(connection, "INSERT INTO entry VALUES ('a')");

        assertThat(opened).hasSize(2);
    }

    @Test
    void oneThatLivesIsKept() throws SQLException {
        connection.setAutoCommit(false);
        execute(connection, "INSERT INTO entry VALUES ('a')");
        connection.commit();
        connection.setAutoCommit(true);
        execute(connection, "INSERT INTO entry VALUES ('b')");

        assertThat(opened).hasSize(1);
    }

    /** As after the end of its server; this side knows. */
    private void breakIt() throws SQLException {
        opened.element().close();
    }

    /** A connection that can be dead without knowing. */
    private Connection mortal(Connection real) {
        silentlyDead = false;
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (silentlyDead && method.getName().equals("isValid")) {
                        return false;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void execute(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }

    private int entries() throws SQLException {
        try (Statement statement = keeper.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM entry")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
