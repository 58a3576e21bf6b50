package io.posthorn.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;

/** The transaction of the calling thread. Every method wants one. */
@ApplicationScoped
public class CurrentTransaction {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

    /** What was found for a key earlier in this transaction; else it is found now. */
    public <T> T remember(Object key, Supplier<T> finder) {
        @SuppressWarnings("unchecked") // what remember() put there
        T known = (T) registry.getResource(key);
        if (known == null) {
            known = finder.get();
            registry.putResource(key, known);
        }
        return known;
    }

    /** Has a key looked for anew. */
    public void forget(Object key) {
        if (registry.getResource(key) != null) {
            registry.putResource(key, null);
        }
    }
}
