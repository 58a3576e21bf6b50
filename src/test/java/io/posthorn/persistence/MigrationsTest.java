package io.posthorn.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.DatabaseSettings.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A database that an earlier version left, on both databases. */
class MigrationsTest {

    @Test
    void h2KeepsWhatItKnowsOfTokensThatWereLoggedOut() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:migrations;DB_CLOSE_DELAY=-1");

        assertTokensStayLoggedOut(h2, Kind.H2);
    }

    @Test
    void postgresqlKeepsWhatItKnowsOfTokensThatWereLoggedOut() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            assertTokensStayLoggedOut(postgres.getPostgresDatabase(), Kind.POSTGRESQL);
        }
    }

    private static void assertTokensStayLoggedOut(DataSource database, Kind kind) throws SQLException {
        Migrations.configuration(database, kind).target("51").load().migrate();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO posthorn_revoked_token (hash, revoked_at) VALUES ('old', CURRENT_TIMESTAMP)");

            Migrations.run(database, kind);

            try (ResultSet rows = statement.executeQuery("SELECT hash, expires_at FROM posthorn_revoked_token")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("hash")).isEqualTo("old");
                // Nobody knows, so it is never forgotten.
                assertThat(rows.getTimestamp("expires_at")).isNull();
            }
        }
    }
}
