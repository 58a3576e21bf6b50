package io.posthorn.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.DatabaseSettings.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What an earlier release has stored, after the upgrade, on both databases. */
class MigrationsTest {

    @Test
    void h2KeepsWhatItHas() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:migrations;DB_CLOSE_DELAY=-1");

        assertKeepsWhatItHas(h2, Kind.H2);
    }

    @Test
    void postgresqlKeepsWhatItHas() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            assertKeepsWhatItHas(postgres.getPostgresDatabase(), Kind.POSTGRESQL);
        }
    }

    private static void assertKeepsWhatItHas(DataSource database, Kind kind) throws SQLException {
        Migrations.configuration(database, kind).target("51").load().migrate();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            logOut(statement);
            makeSources(statement, kind);

            Migrations.run(database, kind);

            assertTokensStayLoggedOut(statement);
            assertSourcesKeepTheirInboxes(statement);
            assertSourcesKeepTheirTokens(statement);
        }
    }

    private static void logOut(Statement statement) throws SQLException {
        statement.execute("INSERT INTO posthorn_revoked_token (hash, revoked_at) VALUES ('old', CURRENT_TIMESTAMP)");
    }

    private static void assertTokensStayLoggedOut(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT hash, expires_at FROM posthorn_revoked_token")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("hash")).isEqualTo("old");
            // Nobody knows, so it is never forgotten.
            assertThat(rows.getTimestamp("expires_at")).isNull();
        }
    }

    private static void makeSources(Statement statement, Kind kind) throws SQLException {
        String bytes = kind == Kind.H2 ? "X'00'" : "'\\x00'";
        for (String source : List.of("'src_1', 'org_1', 'shop', 'a'", "'src_2', 'org_1', NULL, 'b'")) {
            statement.execute(
                    "INSERT INTO posthorn_source (id, org_id, uid, token_hash, name, type, config, metadata, token,"
                            + " created_at, updated_at) VALUES (" + source + ", 'n', 'generic', " + bytes + ", '{}', "
                            + bytes + ", CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)");
        }
        statement.execute("UPDATE posthorn_source SET old_token_hash = 'a0', old_token_expires_at = CURRENT_TIMESTAMP"
                + " WHERE id = 'src_1'");
    }

    private static void assertSourcesKeepTheirInboxes(Statement statement) throws SQLException {
        List<String> inboxes = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT inbox FROM posthorn_source ORDER BY id")) {
            while (rows.next()) {
                inboxes.add(rows.getString("inbox"));
            }
        }
        assertThat(inboxes).containsExactly("shop", "src_2");
    }

    private static void assertSourcesKeepTheirTokens(Statement statement) throws SQLException {
        List<String> tokens = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT hash, source_id, expires_at FROM posthorn_source_token ORDER BY hash")) {
            while (rows.next()) {
                tokens.add(rows.getString("hash") + " of " + rows.getString("source_id")
                        + (rows.getTimestamp("expires_at") == null ? "" : ", which ends"));
            }
        }
        assertThat(tokens).containsExactly("a of src_1", "a0 of src_1, which ends", "b of src_2");
    }
}
