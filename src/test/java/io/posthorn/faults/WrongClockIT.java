package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.it.Gateway;
import io.posthorn.it.ServerKind;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a node jumps. Nodes work by the database's time, so nothing comes late, twice, or not at all. */
class WrongClockIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Cluster cluster = Cluster.running();

    @AfterEach
    void setRight() {
        Cluster.setClockRight(ServerKind.PAYARA);
    }

    /** Beyond the dedupe window and every lease, and less than what retention keeps. */
    @ParameterizedTest
    @ValueSource(strings = {"P2D", "-P2D"})
    void whatComesThenIsDoneAtOnceAndOnce(String error) {
        String name = "clock" + error.toLowerCase(Locale.ROOT);
        cluster.endpoint(name, "/" + name);
        String event = Cluster.receive(cluster.payara, name, "t");

        Cluster.setClockWrong(ServerKind.PAYARA, Duration.parse(error));
        String repeated = Cluster.receive(cluster.payara, name, "t");
        String later = Cluster.receive(cluster.payara, name + "-later", "t");
        Cluster.publish(cluster.payara, name);

        assertThat(repeated).isEqualTo(event);
        Gateway gateway = cluster.gateway();
        await().atMost(SOON).until(() -> gateway.eventStatus(later).equals("PROCESSED"));
        await().atMost(SOON).until(() -> cluster.witness.arrivalsAt("/" + name).size() == 1);
        cluster.awaitIdle();
        assertThat(cluster.witness.arrivalsAt("/" + name)).hasSize(1);
    }
}
