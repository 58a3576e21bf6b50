package io.posthorn.persistence;

import io.posthorn.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Defines the data source and migrates the schema before anything uses it. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@DataSourceDefinition(
        name = DatabaseStartup.DATA_SOURCE,
        className = "io.posthorn.persistence.PosthornDataSource",
        minPoolSize = 2,
        maxPoolSize = 50,
        properties = "source=posthorn")
public class DatabaseStartup {

    static final String DATA_SOURCE = "java:app/jdbc/posthorn";

    @Inject
    Settings settings;

    @PostConstruct
    void migrate() {
        Migrations.run(new PosthornDataSource(), settings.database().kind());
    }
}
