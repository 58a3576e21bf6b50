package io.posthorn.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One real PostgreSQL for all tests of a run, with a database for each of them. */
final class Postgres {

    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setServerConfig("max_connections", "300")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The processes that serve the connections to a database at this moment; the database's own workers, such as those of
     * autovacuum, come and go as it sees fit.
     */
    static Set<Integer> connectionsTo(String name) {
        return Set.copyOf(ask(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '" + name + "'"));
    }

    /** Ends all connections to a database, as its restart does; says how many there were. */
    static int endConnectionsTo(String name) {
        return ask("SELECT CASE WHEN pg_terminate_backend(pid) THEN pid END FROM pg_stat_activity WHERE datname = '"
                        + name + "'")
                .size();
    }

    /** How many rows a table has. */
    static int count(String database, String table) {
        return ask(database, "SELECT count(*) FROM " + table).get(0);
    }

    private static List<Integer> ask(String query) {
        return ask("postgres", query);
    }

    private static List<Integer> ask(String database, String query) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            List<Integer> numbers = new ArrayList<>();
            while (answer.next()) {
                numbers.add(answer.getInt(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes rows behind Posthorn's back. */
    static void update(String database, String statement) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings that make Posthorn use a new database of this name. */
    static Map<String, String> newDatabase(String name) {
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "posthorn.datasource.url", "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name,
                "posthorn.datasource.user", "postgres",
                "posthorn.datasource.password", "postgres",
                "posthorn.master-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    }
}
