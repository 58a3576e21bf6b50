package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The way that PostgreSQL takes depends on what it believes to be in the table. */
class TurnsTogetherTest {

    @Test
    void theRowsOfAKeyAreFoundPastTheBacklogOfAnother() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            create(statement);
            statement.execute(
                    "INSERT INTO work SELECT n, 'busy', now() - INTERVAL '1 day' FROM generate_series(1, 20000) n");
            // Half of all rows are of the other: so PostgreSQL believes that of those that are due.
            statement.execute("INSERT INTO work SELECT n, 'other', NULL FROM generate_series(20001, 40000) n");
            statement.execute("INSERT INTO work VALUES (50000, 'other', now() - INTERVAL '1 minute')");
            statement.execute("VACUUM ANALYZE work");

            String oneByOne = TurnsOneByOne.rows("work", "owner", 1)
                    .replaceAll("[?]1", "'other'")
                    .replaceAll("[?].", "8");
            assertThat(text(statement, "EXPLAIN " + oneByOne))
                    .as("what makes another query needed")
                    .contains("by_time");
            String together = TurnsTogether.query("work", "owner", 1, 8, 8)
                    .replaceFirst("[?]", "''")
                    .replaceFirst("[?]", "'busy'");
            assertThat(text(statement, "EXPLAIN " + together))
                    .contains("by_owner")
                    .doesNotContain("by_time");
            assertThat(text(statement, together)).isEqualTo("50000\n");
        }
    }

    @Test
    void whatWasFoundIsLockedWithoutALookAtAllThatHasBecomeDueSinceTheTableWasAnalyzed()
            throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            create(statement);
            statement.execute("INSERT INTO work SELECT n, 'owner', NULL FROM generate_series(1, 20000) n");
            statement.execute("VACUUM ANALYZE work");
            statement.execute("INSERT INTO work SELECT n, 'owner', now() FROM generate_series(20001, 40000) n");

            String found = "SELECT id FROM work WHERE id IN ("
                    + IntStream.rangeClosed(20_001, 20_064)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(","))
                    + ") AND ";
            assertThat(text(statement, "EXPLAIN " + found + DueTable.DUE))
                    .as("what makes another condition needed")
                    .contains("by_time");
            assertThat(text(statement, "EXPLAIN " + found + DueTable.STILL_DUE)).contains("work_pkey");
            assertThat(text(
                            statement,
                            "EXPLAIN "
                                    + TurnsTogether.query("work", "owner", 1, 64, 64)
                                            .replace("?", "''")))
                    .contains("work_pkey")
                    .doesNotContain("by_time");
        }
    }

    private static void create(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE work (id INT PRIMARY KEY, owner VARCHAR(10), due_at TIMESTAMPTZ,"
                + " claim VARCHAR(10), leased_until TIMESTAMPTZ)");
        statement.execute("CREATE INDEX by_time ON work (due_at) WHERE due_at IS NOT NULL");
        statement.execute("CREATE INDEX by_owner ON work (owner, due_at) WHERE due_at IS NOT NULL");
    }

    private static String text(Statement statement, String query) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
        }
        return text.toString();
    }
}
