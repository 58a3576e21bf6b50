package io.posthorn.bench.inside;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Publishes one message to a transaction, at an even pace. */
@ApplicationScoped
public class PacedPublisher {

    private static final int THREADS = 16;

    @Inject
    Batches batches;

    @Resource
    ManagedExecutorService executor;

    /**
     * @param rate of messages per second
     * @return a line for each: its id, and when its commit was known, by {@link System#nanoTime}
     */
    public String publish(double rate, int count) {
        long begin = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Runnable publishing = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                LockSupport.parkNanos(begin + Math.round(i * 1e9 / rate) - System.nanoTime());
                String id = batches.publishOne();
                lines.add(id + " " + System.nanoTime());
            }
        };
        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(publishing, executor))
                        .limit(THREADS)
                        .toArray(CompletableFuture[]::new))
                .join();
        return String.join("\n", lines);
    }
}
