package io.posthorn.faults;

import io.posthorn.it.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** A PostgreSQL that can be stopped, and started again on the same port with the same data. */
final class RestartablePostgres implements AutoCloseable {

    private final Path directory;
    private EmbeddedPostgres server;
    private boolean stopped;

    RestartablePostgres() {
        try {
            directory = Files.createTempDirectory("posthorn-faults-postgres");
            server = builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "300");
    }

    Map<String, String> settings() {
        return Map.of(
                "posthorn.datasource.url", "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                "posthorn.datasource.user", "postgres",
                "posthorn.datasource.password", "postgres",
                "posthorn.master-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    }

    void stop() {
        try {
            stopped = true;
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, if it is stopped. */
    void start() {
        try {
            if (stopped) {
                server = builder().setPort(server.getPort()).start();
                stopped = false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every connection but its own; how many there were. */
    long cutConnections() {
        return number("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
    }

    long number(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        ServerProcess.delete(directory);
    }
}
