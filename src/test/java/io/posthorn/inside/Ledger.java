package io.posthorn.inside;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An application's own table, in Posthorn's database. */
@ApplicationScoped
public class Ledger {

    @Resource(lookup = "java:app/jdbc/posthorn")
    DataSource dataSource;

    void createTable() {
        execute("CREATE TABLE IF NOT EXISTS ledger (entry VARCHAR(200))");
    }

    void enter(String entry) {
        execute("INSERT INTO ledger (entry) VALUES (?)", entry);
    }

    /** For observers that are called when their transaction is over. */
    @Transactional(TxType.REQUIRES_NEW)
    void enterAlone(String entry) {
        enter(entry);
    }

    int count(String entry) {
        return count("SELECT COUNT(*) FROM ledger WHERE entry = ?", entry);
    }

    int countMessages(String messageId) {
        return count("SELECT COUNT(*) FROM posthorn_message WHERE id = ?", messageId);
    }

    int countMessagesWithEventId(String eventId) {
        return count("SELECT COUNT(*) FROM posthorn_message WHERE event_id = ?", eventId);
    }

    int countMessagesOfType(String eventType) {
        return count("SELECT COUNT(*) FROM posthorn_message WHERE event_type = ?", eventType);
    }

    String typeOfMessage(String id) {
        return text("SELECT event_type FROM posthorn_message WHERE id = ?", id);
    }

    int countDeliveriesOf(String messageId) {
        return count("SELECT COUNT(*) FROM posthorn_delivery WHERE message_id = ?", messageId);
    }

    int countDeliveriesOfType(String eventType) {
        return count(
                "SELECT COUNT(*) FROM posthorn_delivery d JOIN posthorn_message m ON m.id = d.message_id"
                        + " WHERE m.event_type = ?",
                eventType);
    }

    String lastError(String eventId) {
        return text("SELECT last_error FROM posthorn_inbox_event WHERE id = ?", eventId);
    }

    String note(String eventId) {
        return text("SELECT note FROM posthorn_inbox_event WHERE id = ?", eventId);
    }

    String status(String eventId) {
        return text("SELECT status FROM posthorn_inbox_event WHERE id = ?", eventId);
    }

    String hopsOfMessageWithEventId(String eventId) {
        return text("SELECT hops FROM posthorn_message WHERE event_id = ?", eventId);
    }

    /** Has an event wait for a retry that does not come for an hour. */
    void postpone(String eventId) {
        execute(
                "UPDATE posthorn_inbox_event SET status = 'FAILED', due_at = CURRENT_TIMESTAMP + INTERVAL '1' HOUR"
                        + " WHERE id = ?",
                eventId);
    }

    /** 1 while an event is still to be dispatched, or is at this moment; else 0. */
    int pending(String eventId) {
        return count("SELECT COUNT(*) FROM posthorn_inbox_event WHERE id = ? AND due_at IS NOT NULL", eventId);
    }

    private int count(String sql, String parameter) {
        return Integer.parseInt(text(sql, parameter));
    }

    private String text(String sql, String parameter) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? String.valueOf(result.getString(1)) : "(no row)";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql, String... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
