package io.posthorn.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;

/** The transaction of the calling thread. Every method wants one. */
@ApplicationScoped
public class CurrentTransaction {

    private static final Object FORGOTTEN = new Object();

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry registry;

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
