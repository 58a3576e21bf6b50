package io.posthorn.persistence;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.Settings;
import io.posthorn.config.StartFailure;
import jakarta.annotation.sql.DataSourceDefinition;
import java.sql.SQLException;

/** The database: its data source, and what has to be right before anything uses it. */
@DataSourceDefinition(
        name = "java:app/jdbc/posthorn",
        className = "io.posthorn.persistence.PosthornDataSource",
        // Of handles, which cost nothing; posthorn.datasource.max-pool-size bounds the connections behind them.
        maxPoolSize = 1_000,
        properties = "source=posthorn")
public final class Database {

    private static volatile boolean prepared;

    private Database() {}

    /**
     * Checks that stored secrets can be encrypted and that the database can be reached, and brings its schema up to date.
     *
     * @throws InvalidSettingException naming the setting that is wrong
     */
    public static void prepare(Settings settings) {
        MasterKeys.load(settings);
        DriverDataSource dataSource = new DriverDataSource();
        try {
            dataSource.getConnection().close();
            Migrations.run(dataSource, settings.database().kind());
            prepared = true;
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** Reports a failed connection, if it is one that keeps Posthorn from starting; later ones are for the pool to mend. */
    static void cannotConnect(SQLException e) {
        if (!prepared) {
            StartFailure.report(unreachable(e));
        }
    }

    private static InvalidSettingException unreachable(SQLException e) {
        return InvalidSettingException.ofSecret(
                "posthorn.datasource.url", "a database that can be reached; it says: " + e.getMessage());
    }
}
