package io.posthorn.persistence;

import io.posthorn.config.DataDirectory;
import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.StartFailure;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Opens connections to whichever database the settings name, through the driver bundled with Posthorn. */
class DriverDataSource implements DataSource {

    private static final Map<String, String> POSTGRESQL = Map.of(
            // One statement for a batch of inserts.
            "reWriteBatchedInserts", "true",
            "tcpKeepAlive", "true",
            "connectTimeout", "10",
            "ApplicationName", "posthorn");

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

    final DatabaseSettings settings() {
        return settings;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(settings.user().orElse(""), settings.password().orElse(""), Map.of());
    }

    /** @param user empty where the server knows none, and the settings decide */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return user.isEmpty() ? getConnection() : connect(user, password, Map.of());
    }

    /** @param more properties for PostgreSQL's driver */
    final Connection connect(Map<String, String> more) throws SQLException {
        return connect(settings.user().orElse(""), settings.password().orElse(""), more);
    }

    private Connection connect(String user, String password, Map<String, String> more) throws SQLException {
        Properties properties = new Properties();
        if (settings.kind() == DatabaseSettings.Kind.POSTGRESQL) {
            // What the URL says has precedence.
            properties.putAll(POSTGRESQL);
            properties.putAll(more);
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
            if (settings.kind() == DatabaseSettings.Kind.POSTGRESQL) {
                withoutJit(connection);
            }
            return connection;
        } catch (SQLException e) {
            Database.cannotConnect(e);
            throw e;
        }
    }

    /** Compiling a statement takes PostgreSQL half a second, and it does so where it believes in more rows than there are. */
    private static void withoutJit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET jit = off");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException("Posthorn logs through System.Logger");
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
        return Logger.getLogger(DriverDataSource.class.getPackageName());
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
