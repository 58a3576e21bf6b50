package io.posthorn.bench;

import io.posthorn.delivery.Retention;
import io.posthorn.work.DueTable;
import io.posthorn.work.FairClaims;
import io.posthorn.work.TurnsTogether;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Has PostgreSQL explain the statements that run all the time, on tables that have grown. */
final class Explains {

    private static final String TABLE = "posthorn_delivery";
    private static final String KEY = "due_endpoint_id";

    /** So that there is something to claim, until it is rolled back. */
    private static final String MAKE_SOME_DUE =
            "UPDATE posthorn_delivery SET due_at = CURRENT_TIMESTAMP WHERE id IN (SELECT id FROM posthorn_delivery"
                    + " WHERE due_at > CURRENT_TIMESTAMP LIMIT 1000)";

    private Explains() {}

    static void write(DataSource dataSource, Path file) {
        StringBuilder text = new StringBuilder();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(MAKE_SOME_DUE);
            String ids =
                    literals(statement, "SELECT id FROM posthorn_delivery WHERE due_at <= CURRENT_TIMESTAMP LIMIT 3");
            String endpoint = literals(statement, "SELECT id FROM posthorn_endpoint LIMIT 1");
            for (Map.Entry<String, String> each : statements(ids, endpoint).entrySet()) {
                text.append("### ").append(each.getKey()).append("\n\n```sql\n").append(each.getValue());
                text.append("\n\n").append(explain(statement, each.getValue())).append("```\n\n");
            }
            connection.rollback();
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String literals(Statement statement, String query) throws SQLException {
        return lines(statement, "SELECT string_agg(quote_literal(id), ',') FROM (" + query + ") x")
                .strip();
    }

    private static String explain(Statement statement, String sql) throws SQLException {
        return lines(statement, "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + sql);
    }

    private static String lines(Statement statement, String query) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.append(rows.getString(1)).append('\n');
            }
        }
        return lines.toString();
    }

    private static String claim(String condition) {
        return "SELECT id, endpoint_id FROM posthorn_delivery WHERE " + condition
                + " FETCH FIRST 64 ROWS ONLY FOR UPDATE SKIP LOCKED";
    }

    private static Map<String, String> statements(String ids, String endpoint) {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("Claiming: what is due", claim(DueTable.OLDEST_DUE));
        statements.put(
                "Claiming: past a busy endpoint",
                FairClaims.FRONT_BESIDE.formatted(TABLE, KEY, "'ep_busy'").replace("?", "64"));
        statements.put(
                "Claiming: whose turn is next, and what is due of them",
                TurnsTogether.query(TABLE, KEY, 1, 8, 64)
                        .replaceFirst("\\?", "''")
                        .replaceFirst("\\?", "'ep_busy'"));
        statements.put(
                "Claiming: what was found past a busy endpoint",
                claim("id IN (" + ids + ") AND " + DueTable.STILL_DUE));
        statements.put(
                "Claiming: the lease",
                "UPDATE posthorn_delivery SET claim = 'a', leased_until = CURRENT_TIMESTAMP + 1000 * INTERVAL '0.001' SECOND"
                        + " WHERE id IN (" + ids + ")");
        statements.put(
                "Claiming: what is to be sent",
                "SELECT d.*, m.* FROM posthorn_delivery d, posthorn_message m WHERE d.id IN (" + ids
                        + ") AND m.id = d.message_id ORDER BY d.due_at, d.id");
        statements.put(
                "Claiming: where it is to be sent",
                "SELECT e.*, a.* FROM posthorn_endpoint e, posthorn_application a WHERE e.id IN (" + endpoint
                        + ") AND a.id = e.app_id");
        statements.put(
                "Recording: whose the deliveries are",
                "SELECT id, claim FROM posthorn_delivery WHERE id IN (" + ids + ") FOR UPDATE SKIP LOCKED");
        statements.put(
                "Recording: successes",
                "UPDATE posthorn_delivery SET attempts = attempts + 1, claim = NULL, updated_at = CURRENT_TIMESTAMP,"
                        + " succeeded = TRUE, reason = NULL, status = 'SUCCEEDED', due_at = NULL WHERE id IN (" + ids
                        + ")");
        statements.put(
                "Receiving: which ids are known",
                "SELECT * FROM posthorn_inbox_key WHERE org_id IN ('org_default') AND source IN ('default')"
                        + " AND dedupe_key IN ('a', 'b', 'c')");
        statements.put(
                "Dispatching: what is due",
                "SELECT id FROM posthorn_inbox_event WHERE " + DueTable.OLDEST_DUE
                        + " FETCH FIRST 64 ROWS ONLY FOR UPDATE SKIP LOCKED");
        statements.put(
                "Dead letters, the newest",
                "SELECT * FROM posthorn_delivery WHERE org_id = 'org_default' AND status = 'FAILED'"
                        + " ORDER BY id DESC LIMIT 50");
        statements.put(
                "Retention: payloads whose time is over",
                "SELECT m.id FROM posthorn_message m WHERE m.payload_expires_at <= CURRENT_TIMESTAMP AND"
                        + Retention.NOTHING_PENDING
                        + " ORDER BY m.payload_expires_at FETCH FIRST 500 ROWS ONLY");
        statements.put(
                "Retention: attempts whose time is over",
                "DELETE FROM posthorn_attempt WHERE id IN (SELECT id FROM posthorn_attempt WHERE id < 'atmpt_0'"
                        + " ORDER BY id FETCH FIRST 500 ROWS ONLY)");
        statements.put(
                "The messages of an endpoint, the newest",
                "SELECT * FROM posthorn_delivery WHERE endpoint_id = " + endpoint
                        + " AND attempts > 0 ORDER BY message_id DESC LIMIT 50");
        return statements;
    }
}
