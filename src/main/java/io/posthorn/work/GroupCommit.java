package io.posthorn.work;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets one transaction carry what several threads have to write: while one commits, the others line up, and the first
 * of them then writes for all. A database waits for its disk once for a group, however many wait with it.
 *
 * @param <T> what a thread has to write
 * @param <R> what it gets for it
 */
public final class GroupCommit<T, R> {

    private final Function<List<T>, List<R>> together;
    private final Function<T, R> alone;
    private final Queue<Entry<T, R>> waiting = new ConcurrentLinkedQueue<>();
    private final Lock committing = new ReentrantLock();

    /**
     * @param together writes all or, by an exception, nothing; answers in the same order
     * @param alone called, on the thread concerned, for each of several that could not be written together
     */
    public GroupCommit(Function<List<T>, List<R>> together, Function<T, R> alone) {
        this.together = together;
        this.alone = alone;
    }

    /** Returns once the item is committed, or throws what was thrown when it was written alone. */
    public R write(T item) {
        Entry<T, R> mine = new Entry<>(item);
        waiting.add(mine);
        Outcome<R> outcome = mine.outcome.get();
        while (outcome == null) {
            committing.lock();
            try {
                if (mine.outcome.get() == null) {
                    commitWaiting(mine);
                }
            } finally {
                committing.unlock();
            }
            outcome = mine.outcome.get();
        }
        return outcome.result().orElseGet(() -> alone.apply(item));
    }

    /** How many have lined up for the next group. */
    int waiting() {
        return waiting.size();
    }

    private void commitWaiting(Entry<T, R> mine) {
        List<Entry<T, R>> group = Group.next(waiting);
        List<R> results = List.of();
        try {
            results = together.apply(group.stream().map(entry -> entry.item).toList());
        } catch (Exception e) {
            if (group.equals(List.of(mine))) {
                throw e;
            }
            // Each tries for itself, so that it is told of its own error and of nobody else's.
        } finally {
            for (int i = 0; i < group.size(); i++) {
                group.get(i)
                        .outcome
                        .set(new Outcome<>(i < results.size() ? Optional.of(results.get(i)) : Optional.empty()));
            }
        }
    }

    /** @param result empty where the group could not be written */
    private record Outcome<R>(Optional<R> result) {}

    private static final class Entry<T, R> {

        private final T item;
        private final AtomicReference<@Nullable Outcome<R>> outcome = new AtomicReference<>();

        private Entry(T item) {
            this.item = item;
        }
    }
}
