package io.posthorn.persistence;

import io.posthorn.config.Settings;
import io.posthorn.config.StartOrder;
import jakarta.annotation.Priority;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Defines the data source, and migrates the schema before anything uses it. */
@ApplicationScoped
@DataSourceDefinition(
        name = "java:app/jdbc/posthorn",
        className = "io.posthorn.persistence.PosthornDataSource",
        minPoolSize = 2,
        maxPoolSize = 50,
        properties = "source=posthorn")
public class DatabaseStartup {

    @Inject
    Settings settings;

    @Inject
    SecretCipher cipher;

    void migrate(@Observes @Priority(StartOrder.DATABASE) @Initialized(ApplicationScoped.class) Object start) {
        // Before the first connection makes a database: no usable master key, no start.
        cipher.checkKeys();
        Migrations.run(new PosthornDataSource(), settings.database().kind());
    }
}
