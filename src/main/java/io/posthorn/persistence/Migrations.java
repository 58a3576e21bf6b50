package io.posthorn.persistence;

import io.posthorn.config.DatabaseSettings;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the schema up to date. Nodes that start together wait for one another on Flyway's own lock. */
final class Migrations {

    private Migrations() {}

    /** Runs on the bare driver, outside the server's pool and transactions, which know no DDL. */
    static void run(DataSource dataSource, DatabaseSettings.Kind kind) {
        configuration(dataSource, kind).load().migrate();
    }

    static FluentConfiguration configuration(DataSource dataSource, DatabaseSettings.Kind kind) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:io/posthorn/persistence/migration")
                .table("posthorn_schema_history")
                // An application may keep its own tables in the same database.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(placeholders(kind));
    }

    /** What the two databases spell differently. Ids sort bytewise, as their order in time needs. */
    private static Map<String, String> placeholders(DatabaseSettings.Kind kind) {
        return switch (kind) {
            case H2 ->
                Map.of(
                        "binary", "BLOB",
                        "text", "CLOB",
                        "id", "VARCHAR(64)",
                        "key", "VARCHAR(256)",
                        "unlogged", "",
                        "due", "(due_at)",
                        "due_of_endpoint", "(endpoint_id, due_at)",
                        "dead", "(org_id, status, id)",
                        "make_room", "",
                        "due_endpoint_id", """
                                DROP INDEX posthorn_delivery_due_of_endpoint;
                                ALTER TABLE posthorn_delivery ADD COLUMN due_endpoint_id VARCHAR(64)
                                    GENERATED ALWAYS AS (CASE WHEN due_at IS NOT NULL THEN endpoint_id END);
                                CREATE INDEX posthorn_delivery_due_of_endpoint
                                    ON posthorn_delivery (due_endpoint_id, due_at);""");
            case POSTGRESQL ->
                Map.of(
                        "binary", "BYTEA",
                        "text", "TEXT",
                        "id", "VARCHAR(64) COLLATE \"C\"",
                        "key", "VARCHAR(256) COLLATE \"C\"",
                        "unlogged", "UNLOGGED",
                        "due", "(due_at) WHERE due_at IS NOT NULL",
                        "due_of_endpoint", "(endpoint_id, due_at) WHERE due_at IS NOT NULL",
                        "dead", "(org_id, id) WHERE status = 'FAILED'",
                        "make_room", "ALTER TABLE posthorn_delivery SET (fillfactor = 60);",
                        "due_endpoint_id", "");
        };
    }
}
