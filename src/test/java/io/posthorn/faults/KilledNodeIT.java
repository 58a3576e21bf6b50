package io.posthorn.faults;

import io.posthorn.it.ServerProcess;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of one node of two, at random moments under load; the other one goes on. */
class KilledNodeIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Cluster cluster = Cluster.running();
    private final Random random = FaultsForm.random();

    @Test
    void nothingThatWasAcceptedIsLost() {
        cluster.endpoint("killed", "/killed");
        try (Load load = new Load("killed", cluster.urls()).start()) {
            Evidence evidence = new Evidence(load, cluster.witness);
            int rounds = FaultsForm.rounds(2, 20);
            for (int round = 0; round < rounds; round++) {
                ServerProcess node = cluster.nodes().get(round % 2);
                load.awaitMore(50 + random.nextInt(200));
                evidence.during(node::kill);
                load.awaitMore(20);
                node.start();
            }
            load.awaitMore(50);
            load.stop();

            System.out.println(evidence.assertNothingLost(LIMIT));
            cluster.awaitIdle();
        }
    }
}
