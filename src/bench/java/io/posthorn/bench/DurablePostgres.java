package io.posthorn.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A PostgreSQL that waits for the disk at each commit. */
final class DurablePostgres implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final ProcessHandle firstProcess;

    DurablePostgres() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", Integer.toString(200 + Installation.IN_FLIGHT))
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "4GB")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!text("SHOW fsync").equals("on")) {
            throw new IllegalStateException("fsync is off");
        }
        firstProcess = ProcessHandle.of(number("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"))
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
    }

    Map<String, String> settings() {
        return Map.of(
                "posthorn.datasource.url", "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                "posthorn.datasource.user", "postgres",
                "posthorn.datasource.password", "postgres",
                "posthorn.master-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    }

    void execute(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Messages that are due for every endpoint of an application, in one statement. */
    void layBacklog(String application, int messages, String payload) {
        execute("WITH app AS (SELECT id, org_id FROM posthorn_application WHERE uid = '" + application
                + "'), message AS (INSERT INTO posthorn_message (id, org_id, app_id, event_type, payload, created_at,"
                + " payload_expires_at) SELECT 'msg_" + application + "-' || n, app.org_id, app.id, 'bench', '"
                + payload + "', now(), now() + interval '90 days' FROM app, generate_series(1, " + messages
                + ") n RETURNING id, org_id, app_id) INSERT INTO posthorn_delivery (id, org_id, message_id,"
                + " endpoint_id, status, attempts, due_at, created_at, updated_at)"
                + " SELECT 'dlv_' || message.id || e.id, message.org_id, message.id, e.id, 'PENDING', 0, now(), now(),"
                + " now() FROM message JOIN posthorn_endpoint e ON e.app_id = message.app_id");
    }

    /** Leaves nothing of what was written so far to be vacuumed or brought to disk later. */
    void settle() {
        execute("VACUUM ANALYZE");
        execute("CHECKPOINT");
    }

    /** How many deliveries of an application are still to be made. */
    long pending(String application) {
        return number("SELECT count(*) FROM posthorn_delivery d JOIN posthorn_endpoint e"
                + " ON e.id = d.endpoint_id JOIN posthorn_application a ON a.id = e.app_id WHERE a.uid = '"
                + application + "' AND d.status = 'PENDING'");
    }

    /** Ends every delivery that is still to be made. */
    void cancelPending() {
        execute("UPDATE posthorn_delivery SET status = 'CANCELED', due_at = NULL, claim = NULL"
                + " WHERE due_at IS NOT NULL");
    }

    /** All of its processes. */
    Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(firstProcess), firstProcess.children());
    }

    DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    String version() {
        return "PostgreSQL " + text("SHOW server_version");
    }

    long number(String sql) {
        return Long.parseLong(text(sql));
    }

    String text(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
