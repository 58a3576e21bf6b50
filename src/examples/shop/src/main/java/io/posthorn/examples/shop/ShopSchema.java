package io.posthorn.examples.shop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the shop's own tables up to date, beside Posthorn's and with a history of their own. */
@ApplicationScoped
class ShopSchema {

    @Resource(lookup = "java:app/jdbc/posthorn")
    DataSource dataSource;

    void migrate(@Observes @Initialized(ApplicationScoped.class) Object start) {
        Flyway.configure(ShopSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:io/posthorn/examples/shop/migration")
                .table("shop_schema_history")
                // The schema is not empty: Posthorn's tables are there already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
