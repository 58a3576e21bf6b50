package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.faults.inside.Bookkeeper;
import io.posthorn.faults.inside.JumpingClock;
import io.posthorn.it.ExtendedWar;
import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One server with the embedded database, its files on a small disk of their own where the machine lets us make one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedDatabaseIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final SmallDisk disk = new SmallDisk();
    private final Witness witness = new Witness();
    private final Random random = FaultsForm.random();
    private ServerProcess server;

    @BeforeAll
    void start() {
        Map<String, String> settings = new HashMap<>(Cluster.settings());
        settings.put("posthorn.data-dir", disk.directory().toString());
        settings.put(Bookkeeper.ASKED, witness.url("/asked"));
        settings.put(JumpingClock.ERROR, "none");
        server = new ServerProcess(ServerKind.PAYARA, "FaultsH2", ExtendedWar.withPackageOf(Bookkeeper.class), settings)
                .start();
        Cluster.endpoint(server, "default", witness.url(Cluster.BOOKED));
    }

    @AfterAll
    void stop() {
        server.close();
        witness.close();
        disk.close();
    }

    /** Twenty times in the long form, at random moments under load. */
    @Test
    void nothingThatWasAcceptedIsLostByKilling() {
        try (Load load = load("killed")) {
            Evidence evidence = new Evidence(load, witness);
            for (int round = 0; round < FaultsForm.rounds(3, 20); round++) {
                load.awaitMore(50 + random.nextInt(200));
                evidence.during(() -> {
                    server.kill();
                    server.start();
                });
            }
            load.awaitMore(50);
            load.stop();

            System.out.println(evidence.assertNothingLost(LIMIT));
            Cluster.awaitIdle(server);
        }
    }

    @Test
    void whileTheDiskIsFullSendersAreToldAndAfterwardsNothingIsLost() {
        assumeThat(disk.isMounted())
                .as("Left out: only root can mount a small disk to fill")
                .isTrue();
        try (Load load = load("full")) {
            Evidence evidence = new Evidence(load, witness);
            load.awaitMore(100);
            evidence.during(() -> {
                disk.fill();
                try {
                    await().atMost(LIMIT).until(() -> load.answers().containsKey(500));
                    load.awaitAnswers(2 * Load.THREADS);
                    load.awaitAnswers(50);
                    // What still fits into the room that the files have is accepted, and has to be there afterwards.
                    assertThat(load.answers().keySet()).contains(500).isSubsetOf(Set.of(200, 202, 500));
                } finally {
                    disk.free();
                }
                // H2 closes itself and is opened anew; until then, outcomes are still not recorded.
                load.awaitMore(200);
            });
            load.stop();

            System.out.println(evidence.assertNothingLost(LIMIT));
            Cluster.awaitIdle(server);
        }
    }

    /** What was accepted into the last room that there was must not be gone because there was no end to it in order. */
    @Test
    void nothingIsLostByKillingWhileTheDiskIsFull() {
        assumeThat(disk.isMounted())
                .as("Left out: only root can mount a small disk to fill")
                .isTrue();
        try (Load load = load("crammed")) {
            Evidence evidence = new Evidence(load, witness);
            for (int round = 0; round < FaultsForm.rounds(1, 10); round++) {
                load.awaitMore(50 + random.nextInt(200));
                evidence.during(() -> {
                    disk.fill();
                    load.awaitAnswers(2 * Load.THREADS + random.nextInt(100));
                    server.kill();
                    disk.free();
                    server.start();
                    load.awaitMore(50);
                });
            }
            load.stop();

            System.out.println(evidence.assertNothingLost(LIMIT));
            Cluster.awaitIdle(server);
        }
    }

    private Load load(String name) {
        Cluster.endpoint(server, name, witness.url("/" + name));
        return new Load(name, List.of(server.url())).start();
    }
}
