package io.posthorn.faults.inside;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** Takes a connection beside the one of the transaction around it. */
@ApplicationScoped
public class SecondTransaction {

    @Resource(lookup = "java:app/jdbc/posthorn")
    DataSource database;

    /** Calls while the connection is held. */
    @Transactional(TxType.REQUIRES_NEW)
    public void call(Callable<?> work) {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            work.call();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
