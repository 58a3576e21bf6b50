package io.posthorn.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param warmUps rounds before those that count: the compiler of a small machine takes minutes
 * @param rounds how often each figure is measured
 * @param duration of what is measured by time
 * @param deliveries of a backlog
 * @param peerDeliveries the same for the peers, which take longer for each
 * @param transactions of 100 messages each that are published
 * @param hanging due deliveries of the hanging neighbour
 * @param finished deliveries that the tables have grown by
 * @param future deliveries that are not due for days
 */
record Scale(
        int warmUps,
        int rounds,
        Duration duration,
        int deliveries,
        int peerDeliveries,
        int transactions,
        int hanging,
        int finished,
        int future) {

    private static final Scale QUICK = new Scale(0, 1, Duration.ofSeconds(2), 1_000, 200, 5, 2_000, 5_000, 1_000);

    /** The long form, which properties {@code posthorn.bench.…} change, or a short one that only shows that all of it runs. */
    static Scale configured() {
        return isQuick()
                ? QUICK
                : new Scale(
                        Integer.getInteger("posthorn.bench.warm-ups", 4),
                        Integer.getInteger("posthorn.bench.rounds", 5),
                        Duration.ofSeconds(Integer.getInteger("posthorn.bench.seconds", 10)),
                        Integer.getInteger("posthorn.bench.deliveries", 50_000),
                        Integer.getInteger("posthorn.bench.peer-deliveries", 10_000),
                        Integer.getInteger("posthorn.bench.transactions", 50),
                        Integer.getInteger("posthorn.bench.hanging", 1_000_000),
                        Integer.getInteger("posthorn.bench.finished", 5_000_000),
                        Integer.getInteger("posthorn.bench.future", 1_000_000));
    }

    static boolean isQuick() {
        return !Boolean.getBoolean("posthorn.bench.full");
    }
}
