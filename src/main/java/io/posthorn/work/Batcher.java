package io.posthorn.work;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Gathers what many threads add and hands it on in groups, one group at a time: while one is being worked on, the next
 * one grows. Nobody waits for it.
 */
public final class Batcher<T> {

    private final Consumer<List<T>> consumer;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final Waker waker;

    /**
     * @param executor runs the consumer
     * @param consumer takes 1 to 100 items in the order in which they were added; a group that it throws for is not handed
     *     to it again
     */
    public Batcher(Executor executor, Consumer<List<T>> consumer) {
        this.consumer = consumer;
        this.waker = new Waker(executor, this::consumeAll);
    }

    public void add(T item) {
        waiting.add(item);
        waker.wake();
    }

    private void consumeAll() {
        for (List<T> group = Group.next(waiting); !group.isEmpty(); group = Group.next(waiting)) {
            consumer.accept(group);
        }
    }
}
