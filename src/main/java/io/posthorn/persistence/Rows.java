package io.posthorn.persistence;

import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows in the caller's transaction, many in one batch. A provider's unit of work, which these do not pass through,
 * costs several times as much for each of them.
 */
@ApplicationScoped
public class Rows {

    @Resource(lookup = "java:app/jdbc/posthorn")
    DataSource dataSource;

    /** Does nothing, but there is this bean from then on. Else the first to use it may be a thread that records attempts. */
    void start(@Observes @Priority(StartOrder.RESOURCES) Starting starting) {}

    /** @throws PersistenceException of the {@link SQLException} that came */
    public <T> void insert(Insertion<T> insertion, List<T> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(insertion.sql())) {
            for (T row : rows) {
                @Nullable Object[] values = insertion.values().apply(row);
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }
}
