package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.faults.Witness.Hold;
import io.posthorn.faults.inside.Bookkeeper;
import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node is stopped as operators do (SIGTERM) in the midst of its work. */
class StoppedNodeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Less than what a node that is stopped waits for. */
    private static final int SLOW_MILLIS = 1_000;

    private final Cluster cluster = Cluster.running();

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void itEndsWhatItCanAndGivesBackTheRest(ServerKind kind) {
        ServerProcess stopped = cluster.node(kind);
        ServerProcess other = cluster.besides(stopped);
        String slow = "slow-" + kind;
        String hanging = "hanging-" + kind;
        cluster.endpoint(slow, "/" + slow);
        cluster.endpoint(hanging, "/" + hanging);
        cluster.witness.delay("/" + slow, SLOW_MILLIS);
        Hold endpoint = cluster.witness.hold("/" + hanging);
        Hold observer = cluster.witness.hold(Cluster.askedBy(kind));

        // Given work that ends soon and work that does not, all of it with one node
        other.freeze();
        String hangingMessage = Cluster.publish(stopped, hanging);
        Cluster.receive(stopped, hanging, Bookkeeper.ASKING);
        cluster.witness.awaitArrivals("/" + hanging, 1);
        cluster.witness.awaitArrivals(Cluster.askedBy(kind), 1);
        String slowMessage = Cluster.publish(stopped, slow);
        cluster.witness.awaitArrivals("/" + slow, 1);

        // When it is stopped, then it leaves nothing that others would have to wait for
        stopped.stop();
        assertThat(claimed("posthorn_delivery")).isZero();
        assertThat(claimed("posthorn_inbox_event")).isZero();

        // And what had not ended is done by the other one; what had ended is not done again
        endpoint.release(200);
        observer.release(200);
        other.thaw();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Cluster.statuses(other, hanging, hangingMessage))
                        .containsExactly(200L));
        await().atMost(LIMIT).until(() -> cluster.effectsOf(hanging) == 1);
        Cluster.awaitIdle(other);
        assertThat(Cluster.statuses(other, slow, slowMessage)).containsExactly(200L);
        assertThat(cluster.witness.arrivalsAt("/" + slow)).hasSize(1);
        assertThat(cluster.effectsOf(hanging)).isEqualTo(1);
    }

    private long claimed(String table) {
        return cluster.database.number("SELECT COUNT(*) FROM " + table + " WHERE claim IS NOT NULL");
    }
}
