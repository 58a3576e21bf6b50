package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** H2 has nulls first in an index, and nothing is said by a result of how long the way to it was. */
class DueTableTest {

    private static final int FINISHED = 1000;
    private static final int DUE = 40;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    private Connection connection;
    private Statement statement;

    @BeforeEach
    void fill() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        statement = connection.createStatement();
        statement.execute("CREATE TABLE work (id INT PRIMARY KEY, owner VARCHAR(10), due_at TIMESTAMP WITH TIME ZONE,"
                + " claim VARCHAR(10), leased_until TIMESTAMP WITH TIME ZONE)");
        statement.execute("CREATE INDEX by_time ON work (due_at)");
        statement.execute("CREATE INDEX by_owner ON work (owner, due_at)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void whatIsDueIsFoundPastWhatIsDueNoMore() throws SQLException {
        insert("NULL", FINISHED);
        insert("CURRENT_TIMESTAMP", DUE);

        assertThat(scanned("SELECT id FROM work WHERE " + DueTable.OLDEST_DUE + " FETCH FIRST 10 ROWS ONLY"))
                .isLessThan(DUE);
    }

    @Test
    void theNextKeyIsFoundPastAllThatIsDueOfTheLastOne() throws SQLException {
        insert("CURRENT_TIMESTAMP", FINISHED);
        String keys = TurnsOneByOne.keys("work", "owner").replace("?", "'owner-1'");

        assertThat(texts(keys)).containsExactly("owner-2", "owner-3");
        assertThat(scanned(keys)).isLessThan(DUE);
    }

    private void insert(String due, int rows) throws SQLException {
        statement.execute("INSERT INTO work SELECT COALESCE((SELECT MAX(id) FROM work), 0) + x, 'owner-' || MOD(x, 4), "
                + due + ", NULL, NULL FROM SYSTEM_RANGE(1, " + rows + ")");
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private long scanned(String query) throws SQLException {
        Matcher scans = SCANNED.matcher(texts("EXPLAIN ANALYZE " + query).get(0));
        return scans.results()
                .flatMapToLong(scan -> LongStream.of(Long.parseLong(scan.group(1))))
                .sum();
    }
}
