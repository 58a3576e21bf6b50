package io.posthorn.observe;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the database answers; nothing can be received or published without it. */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {

    private static final System.Logger LOG = System.getLogger(DatabaseCheck.class.getName());
    private static final int TIMEOUT_SECONDS = 5;

    @Resource(lookup = "java:app/jdbc/posthorn")
    DataSource dataSource;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("posthorn-database").status(answers()).build();
    }

    private boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(TIMEOUT_SECONDS);
        } catch (SQLException e) {
            LOG.log(WARNING, "The database does not answer", e);
            return false;
        }
    }
}
