package io.posthorn.persistence;

import io.posthorn.config.DatabaseSettings;
import io.posthorn.config.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;

/** The transaction of the calling thread. Every method wants one. */
@ApplicationScoped
public class CurrentTransaction {

    private static final Object FORGOTTEN = new Object();

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Settings settings;

    /**
     * Has the commit not wait for the disk, where the database can do so. If the database crashes just then, it may be as if
     * the transaction had not been; what others have committed is not touched.
     */
    public void commitUnawaited() {
        if (settings.database().kind() == DatabaseSettings.Kind.POSTGRESQL) {
            entities.createNativeQuery("SET LOCAL synchronous_commit = off").executeUpdate();
        }
    }

    /** What was found for a key earlier in this transaction; else it is found now. */
    public <T> T remember(Object key, Supplier<T> finder) {
        Object known = registry.getResource(key);
        if (known == null || known == FORGOTTEN) {
            known = finder.get();
            registry.putResource(key, known);
        }
        @SuppressWarnings("unchecked") // what a finder of this key gave
        T found = (T) known;
        return found;
    }

    /** Has a key looked for anew. */
    public void forget(Object key) {
        registry.putResource(key, FORGOTTEN);
    }
}
