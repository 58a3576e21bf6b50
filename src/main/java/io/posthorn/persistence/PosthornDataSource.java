package io.posthorn.persistence;

import io.posthorn.config.DataDirectory;
import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.StartFailure;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Opens connections to whichever database the settings name, through the driver bundled with Posthorn. The server's
 * own pool wraps it and enlists its connections in transactions, so one property switches the database and no server
 * needs configuring.
 */
public class PosthornDataSource implements DataSource {

    // Read here: when the pool later asks for connections, the thread may not be the application's.
    private final DatabaseSettings settings = readSettings();

    private static DatabaseSettings readSettings() {
        try {
            DatabaseSettings settings = DatabaseSettings.from(ConfigProvider.getConfig());
            // Made here, for its owner alone; H2 would make it readable for everyone.
            settings.directory().ifPresent(DataDirectory::create);
            return settings;
        } catch (InvalidSettingException e) {
            // WildFly asks for connections before anything of ours has been called.
            StartFailure.report(e);
            throw e;
        }
    }

    /** Unused: WildFly accepts a data source definition only if it sets a property, so there is one to set. */
    public void setSource(String source) {}

    @Override
    public Connection getConnection() throws SQLException {
        return LastingConnection.open(
                () -> connect(settings.user().orElse(""), settings.password().orElse("")));
    }

    /** @param user empty where the server knows none, and the settings decide */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return user.isEmpty() ? getConnection() : LastingConnection.open(() -> connect(user, password));
    }

    private Connection connect(String user, String password) throws SQLException {
        Properties properties = new Properties();
        if (settings.kind() == DatabaseSettings.Kind.POSTGRESQL) {
            // One statement for a batch of inserts; what the URL says has precedence.
            properties.setProperty("reWriteBatchedInserts", "true");
        }
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", password);
        }
        // The drivers are called by name: DriverManager would look for them with the server's class loader.
        try {
            Connection connection =
                    switch (settings.kind()) {
                        case H2 -> new org.h2.Driver().connect(settings.url(), properties);
                        case POSTGRESQL -> new org.postgresql.Driver().connect(settings.url(), properties);
                    };
            if (connection == null) {
                throw new SQLException("the driver does not accept the URL");
            }
            return connection;
        } catch (SQLException e) {
            Database.cannotConnect(e);
            throw e;
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException("Posthorn logs through java.util.logging");
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(PosthornDataSource.class.getPackageName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("Not a wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
