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
        minPoolSize = 2,
        maxPoolSize = 50,
        properties = {
            "source=posthorn",
            // Where all connections are taken, senders are told after ten seconds; Payara would let them wait for a
            // minute.
            "fish.payara.max-wait-time-in-millis=10000"
        })
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
        PosthornDataSource dataSource = new PosthornDataSource();
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
