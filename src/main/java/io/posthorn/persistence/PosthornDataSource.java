package io.posthorn.persistence;

import io.posthorn.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data source that the server wraps: it enlists the handles from here in transactions, so one property switches the
 * database and no server needs configuring. The connections behind the handles are pooled here, since the servers take the
 * size of their own pools from no configuration that both read.
 */
public class PosthornDataSource extends DriverDataSource {

    /** A query that takes longer has lost its server. Migrations may take as long as they like. */
    private static final Map<String, String> TIMEOUT = Map.of("socketTimeout", "60");

    /** However many instances a server makes of this class. */
    private static final Map<DatabaseSettings, ConnectionPool> POOLS = new ConcurrentHashMap<>();

    private final ConnectionPool pool = POOLS.computeIfAbsent(
            settings(),
            settings -> new ConnectionPool(() -> connect(TIMEOUT), DiskRoom.of(settings), settings.maxPoolSize()));

    /** Unused: WildFly accepts a data source definition only if it sets a property, so there is one to set. */
    public void setSource(String source) {}

    @Override
    public Connection getConnection() throws SQLException {
        return ConnectionHandle.of(pool);
    }
}
