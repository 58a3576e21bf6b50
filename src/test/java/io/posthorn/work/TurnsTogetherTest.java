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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way that PostgreSQL takes depends on what it believes to be in the table. */
class TurnsTogetherTest {

    private static EmbeddedPostgres postgres;
    private static Connection connection;
    private static Statement statement;

    @Test
    void theRowsOfAKeyAreFoundPastTheBacklogOfAnother() throws SQLException {
        statement.execute(
                "INSERT INTO work SELECT n, 'busy', now() - INTERVAL '1 day' FROM generate_series(1, 20000) n");
        statement.execute("INSERT INTO work SELECT n, 'other', NULL FROM generate_series(20001, 40000) n");
        statement.execute("INSERT INTO work VALUES (50000, 'other', now() - INTERVAL '1 minute')");
        statement.execute("VACUUM ANALYZE work");

        String together = TurnsTogether.query("work", "due_owner", 1, 8, 8)
                .replaceFirst("[?]", "''")
                .replaceFirst("[?]", "'busy'");
        assertThat(text("EXPLAIN " + together)).contains("by_owner").doesNotContain("by_time", "of_owner");
        assertThat(text(together)).isEqualTo("50000\n");
    }

    @Test
    void whatWasFoundIsLockedWithoutALookAtAllThatHasBecomeDueSinceTheTableWasAnalyzed() throws SQLException {
        statement.execute("INSERT INTO work SELECT n, 'owner', NULL FROM generate_series(1, 20000) n");
        statement.execute("VACUUM ANALYZE work");
        statement.execute("INSERT INTO work SELECT n, 'owner', now() FROM generate_series(20001, 40000) n");

        String found = "SELECT id FROM work WHERE id IN ("
                + IntStream.rangeClosed(20_001, 20_064)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","))
                + ") AND ";
        assertThat(text("EXPLAIN " + found + DueTable.DUE))
                .as("what makes another condition needed")
                .contains("by_time");
        assertThat(text("EXPLAIN " + found + DueTable.STILL_DUE)).contains("work_pkey");
        assertThat(text("EXPLAIN "
                        + TurnsTogether.query("work", "due_owner", 1, 64, 64).replace("?", "''")))
                .contains("work_pkey")
                .doesNotContain("by_time", "of_owner");
    }

    @Test
    void theOldestAreFoundWithoutSortingAllThatHasBecomeDueSinceTheTableWasAnalyzed() throws SQLException {
        statement.execute(
                "INSERT INTO work SELECT n, 'owner', CASE WHEN n % 1000 = 0 THEN now() - (hashint4(n) & 32767) * INTERVAL '1 s' END"
                        + " FROM generate_series(1, 20000) n");
        statement.execute("VACUUM ANALYZE work");
        statement.execute("INSERT INTO work SELECT n, 'owner', now() FROM generate_series(20001, 40000) n");

        String oldest = "EXPLAIN SELECT id FROM work WHERE " + DueTable.OLDEST_DUE + " FETCH FIRST 64 ROWS ONLY";
        assertThat(text(oldest.replace("(SELECT CURRENT_TIMESTAMP)", "CURRENT_TIMESTAMP")))
                .as("what makes another form needed")
                .contains("Sort");
        assertThat(text(oldest)).contains("by_time").doesNotContain("Sort");
        assertThat(text("EXPLAIN "
                        + FairClaims.FRONT_BESIDE
                                .formatted("work", "due_owner", "'busy'")
                                .replace("?", "64")))
                .contains("by_time")
                .doesNotContain("Sort");
    }

    @Test
    void whatIsDueOfAKeyIsFoundPastAllThatItEverHad() throws SQLException {
        statement.execute("INSERT INTO work SELECT n, 'owner', NULL FROM generate_series(1, 40000) n");
        statement.execute("INSERT INTO work SELECT n, 'busy', now() FROM generate_series(40001, 60000) n");
        statement.execute("VACUUM ANALYZE work");
        statement.execute("INSERT INTO work SELECT n, 'owner', now() FROM generate_series(60001, 60100) n");

        String together = TurnsTogether.query("work", "due_owner", 1, 64, 64)
                .replaceFirst("[?]", "''")
                .replaceFirst("[?]", "'busy'");
        assertThat(text("EXPLAIN " + together))
                .contains("by_owner")
                .doesNotContain("by_time", "of_owner", "Seq Scan on work");
        assertThat(text(together).lines()).hasSize(64);
    }

    @Test
    void whetherThereIsSomethingToDoIsLookedUpAmongTheRowsOfTheOwner() throws SQLException {
        statement.execute("CREATE TABLE somebody AS SELECT n::VARCHAR(10) name FROM generate_series(1, 20000) n");
        statement.execute("INSERT INTO work SELECT n, n, NULL FROM generate_series(1, 20000) n");
        statement.execute("VACUUM ANALYZE");
        statement.execute("INSERT INTO work SELECT n, n, now() FROM generate_series(20001, 40000) n");

        String idle = "EXPLAIN SELECT name FROM somebody WHERE NOT EXISTS (SELECT 1 FROM work WHERE owner = name AND ";
        assertThat(text(idle + "due_at IS NOT NULL)"))
                .as("what makes another condition needed")
                .contains("by_time");
        assertThat(text(idle + DueTable.TO_DO + ")")).doesNotContain("by_time");
    }

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        connection = postgres.getPostgresDatabase().getConnection();
        statement = connection.createStatement();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        connection.close();
        postgres.close();
    }

    @BeforeEach
    void create() throws SQLException {
        statement.execute("DROP TABLE IF EXISTS work");
        statement.execute("CREATE TABLE work (id INT PRIMARY KEY, owner VARCHAR(10), due_at TIMESTAMPTZ,"
                + " claim VARCHAR(10), leased_until TIMESTAMPTZ, due_owner VARCHAR(10)"
                + " GENERATED ALWAYS AS (CASE WHEN due_at IS NOT NULL THEN owner END) STORED)");
        statement.execute("CREATE INDEX by_time ON work (due_at) WHERE due_at IS NOT NULL");
        statement.execute("CREATE INDEX by_owner ON work (due_owner, due_at) WHERE due_owner IS NOT NULL");
        statement.execute("CREATE INDEX of_owner ON work (owner, id)");
    }

    private static String text(String query) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
        }
        return text.toString();
    }
}
