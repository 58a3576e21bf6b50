package io.posthorn.work;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Lets one transaction carry what several threads have to write: while one commits, the others line up, and the first
 * of them then writes for all. A database waits for its disk once for a group, however many wait with it.
 *
 * <p>Who has been written for goes on at once. A lock that all of them had to pass made them wait for the groups after
 * theirs, and those groups lacked what they would have brought meanwhile.
 *
 * @param <T> what a thread has to write
 * @param <R> what it gets for it
 */
public final class GroupCommit<T, R> {

    private final Function<List<T>, List<R>> together;
    private final Function<T, R> alone;
    private final Queue<Entry<T, R>> waiting = new ConcurrentLinkedQueue<>();

    /** Whether somebody commits or has been told to; only they take from those who wait. */
    private final AtomicBoolean committing = new AtomicBoolean();

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
        wakeNext();
        Turn<R> turn = mine.turn.join();
        if (turn.commits()) {
            turn = commitWaiting(mine);
        }
        return turn.result().orElseGet(() -> alone.apply(item));
    }

    /** How many have lined up for the next group. */
    int waiting() {
        return waiting.size();
    }

    /** Tells the first who waits to commit, unless somebody does. */
    private void wakeNext() {
        while (!waiting.isEmpty() && committing.compareAndSet(false, true)) {
            Entry<T, R> first = waiting.peek();
            if (first != null) {
                first.turn.complete(Turn.toCommit());
                return;
            }
            // Whoever was waiting has been written for meanwhile.
            committing.set(false);
        }
    }

    /** @return what came of the thread's own item */
    private Turn<R> commitWaiting(Entry<T, R> mine) {
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
            committing.set(false);
            wakeNext();
            for (int i = 1; i < group.size(); i++) {
                group.get(i).turn.complete(Turn.written(results, i));
            }
        }
        // The first of the group is the one who was told to commit.
        return Turn.written(results, 0);
    }

    /**
     * What a thread waits for.
     *
     * @param commits whether it has to write for all who wait
     * @param result empty where that is so, or where its group could not be written
     */
    private record Turn<R>(boolean commits, Optional<R> result) {

        private static <R> Turn<R> toCommit() {
            return new Turn<>(true, Optional.empty());
        }

        private static <R> Turn<R> written(List<R> results, int place) {
            return new Turn<>(false, place < results.size() ? Optional.of(results.get(place)) : Optional.empty());
        }
    }

    private static final class Entry<T, R> {

        private final T item;
        private final CompletableFuture<Turn<R>> turn = new CompletableFuture<>();

        private Entry(T item) {
            this.item = item;
        }
    }
}
