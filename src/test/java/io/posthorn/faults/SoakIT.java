package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.it.ServerProcess;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Under a load that goes on, nothing grows: not the heap after collection, nor threads, nor files and sockets. */
class SoakIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int A_ROUND = 1_500;

    // What a round may end above the first, however many there are: pools breathe, caches fill.
    private static final long HEAP_BYTES = 12_000_000;
    private static final long OBJECTS = 500;
    private static final long THREADS = 30;
    private static final long OPEN_FILES = 60;

    private final Cluster cluster = Cluster.running();

    @Test
    void nothingGrows() {
        cluster.endpoint("soak", "/soak");
        run(0);
        Map<ServerProcess, Vitals> before = look();

        long end = System.nanoTime()
                + FaultsForm.duration(Duration.ZERO, Duration.ofMinutes(30)).toNanos();
        int round = 0;
        do {
            run(++round);
            look().forEach((node, after) -> {
                System.out.println(before.get(node) + " -> " + after);
                assertLevel(before.get(node), after);
            });
        } while (System.nanoTime() - end < 0);
    }

    private void run(int round) {
        try (Load load = new Load("soak", "soak-" + round, cluster.urls()).start()) {
            load.awaitMore(A_ROUND);
            load.stop();
            new Evidence(load, cluster.witness).assertNothingLost(LIMIT);
        }
        cluster.awaitIdle();
        cluster.witness.forget();
    }

    private Map<ServerProcess, Vitals> look() {
        return cluster.nodes().stream().collect(Collectors.toMap(node -> node, Vitals::of));
    }

    private static void assertLevel(Vitals before, Vitals after) {
        assertThat(after.heap()).isLessThan(before.heap() + HEAP_BYTES);
        assertThat(after.ours()).isLessThan(before.ours() + OBJECTS);
        assertThat(after.threads()).isLessThan(before.threads() + THREADS);
        assertThat(after.openFiles()).isLessThan(before.openFiles() + OPEN_FILES);
    }
}
