package io.posthorn.inbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.util.Optional;

/** Stores what arrives, each event once. */
@ApplicationScoped
class Inbox {

    @Inject
    InboxStore store;

    /** Returns once the event is committed, or known to have been committed before. */
    Receipt store(Arrival arrival) {
        String key = DedupeKey.of(arrival);
        Optional<Receipt> known = store.recordDuplicate(arrival.source().name(), key);
        return known.orElseGet(() -> insert(arrival, key));
    }

    private Receipt insert(Arrival arrival, String key) {
        try {
            return new Receipt(store.insert(arrival, key), false);
        } catch (PersistenceException | TransactionalException e) {
            // Another request, perhaps on another node, took the key between the look and the insert.
            return store.recordDuplicate(arrival.source().name(), key).orElseThrow(() -> e);
        }
    }
}
