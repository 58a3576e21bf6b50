package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away under load, and comes back; no server is restarted. */
class DatabaseAwayIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Cluster cluster = Cluster.running();
    private final Random random = FaultsForm.random();

    @Test
    void whileItIsStoppedSendersAreToldAndAfterwardsNothingIsLost() {
        try (Load load = load("stopped")) {
            Evidence evidence = new Evidence(load, cluster.witness);
            for (int round = 0; round < FaultsForm.rounds(1, 10); round++) {
                load.awaitMore(50 + random.nextInt(200));
                evidence.during(() -> {
                    cluster.database.stop();
                    // The first answers may be to what was committed just before.
                    load.awaitAnswers(2 * Load.THREADS);
                    load.awaitAnswers(50);
                    assertThat(load.answers().keySet()).isSubsetOf(Set.of(500, 503));
                    cluster.database.start();
                });
                load.awaitMore(200);
            }
            load.stop();

            System.out.println(evidence.assertNothingLost(LIMIT));
            cluster.awaitIdle();
        }
    }

    @Test
    void whenItsConnectionsAreCutNothingIsLost() {
        try (Load load = load("cut")) {
            Evidence evidence = new Evidence(load, cluster.witness);
            for (int round = 0; round < FaultsForm.rounds(10, 100); round++) {
                load.awaitMore(10 + random.nextInt(50));
                evidence.during(
                        () -> assertThat(cluster.database.cutConnections()).isPositive());
            }
            load.awaitMore(200);
            load.stop();

            System.out.println(evidence.assertNothingLost(LIMIT));
            cluster.awaitIdle();
        }
    }

    private Load load(String name) {
        cluster.endpoint(name, "/" + name);
        return new Load(name, cluster.urls()).start();
    }
}
