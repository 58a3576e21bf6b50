package io.posthorn.inbound;

import io.posthorn.rest.UniqueCreation;
import io.posthorn.work.GroupCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Stores what arrives, each event once. What arrives together is committed together. */
@ApplicationScoped
class Inbox {

    @Inject
    InboxStore store;

    private final GroupCommit<List<Arrival>, List<Receipt>> commits =
            new GroupCommit<>(requests -> store.storeAll(requests), arrivals -> store.store(arrivals));

    /** Returns once all events are committed together, or known to have been committed before. */
    List<Receipt> store(List<Arrival> arrivals) {
        try {
            return commits.write(arrivals);
        } catch (Exception e) {
            if (UniqueCreation.isContended(e)) {
                // Another request, perhaps on another node, took a key between the look and the insert; now it is
                // there.
                return UniqueCreation.retried(() -> store.store(arrivals));
            }
            throw e;
        }
    }
}
