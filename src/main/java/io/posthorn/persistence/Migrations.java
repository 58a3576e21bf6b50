package io.posthorn.persistence;

import static java.util.Map.entry;

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
                Map.ofEntries(
                        entry("binary", "BLOB"),
                        entry("text", "CLOB"),
                        entry("id", "VARCHAR(64)"),
                        entry("key", "VARCHAR(256)"),
                        entry("unlogged", ""),
                        entry("due", "(due_at)"),
                        entry("due_of_endpoint", "(endpoint_id, due_at)"),
                        entry("dead", "(org_id, status, id)"),
                        entry("make_room", ""),
                        entry("due_endpoint_id", """
                                DROP INDEX posthorn_delivery_due_of_endpoint;
                                ALTER TABLE posthorn_delivery ADD COLUMN due_endpoint_id VARCHAR(64)
                                    GENERATED ALWAYS AS (CASE WHEN due_at IS NOT NULL THEN endpoint_id END);
                                CREATE INDEX posthorn_delivery_due_of_endpoint
                                    ON posthorn_delivery (due_endpoint_id, due_at);"""),
                        // It would have all events, of which most are not dead; so they are looked at one by one.
                        entry("dead_events", ""),
                        entry("stored_due_endpoint_id", ""));
            case POSTGRESQL ->
                Map.ofEntries(
                        entry("binary", "BYTEA"),
                        entry("text", "TEXT"),
                        entry("id", "VARCHAR(64) COLLATE \"C\""),
                        entry("key", "VARCHAR(256) COLLATE \"C\""),
                        entry("unlogged", "UNLOGGED"),
                        entry("due", "(due_at) WHERE due_at IS NOT NULL"),
                        entry("due_of_endpoint", "(endpoint_id, due_at) WHERE due_at IS NOT NULL"),
                        entry("dead", "(org_id, id) WHERE status = 'FAILED'"),
                        entry("make_room", "ALTER TABLE posthorn_delivery SET (fillfactor = 60);"),
                        entry("due_endpoint_id", ""),
                        entry(
                                "dead_events",
                                "CREATE INDEX posthorn_inbox_dead ON posthorn_inbox_event (id) WHERE status = 'DEAD';"),
                        entry("stored_due_endpoint_id", """
                                DROP INDEX posthorn_delivery_due_of_endpoint;
                                ALTER TABLE posthorn_delivery ADD COLUMN due_endpoint_id VARCHAR(64) COLLATE "C"
                                    GENERATED ALWAYS AS (CASE WHEN due_at IS NOT NULL THEN endpoint_id END) STORED;
                                CREATE INDEX posthorn_delivery_due_of_endpoint
                                    ON posthorn_delivery (due_endpoint_id, due_at) WHERE due_endpoint_id IS NOT NULL;"""));
        };
    }
}
