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

/** A node freezes in the midst of its work ({@code kill -STOP}), and goes on after another one has done the work. */
class FrozenNodeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Cluster cluster = Cluster.running();

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void itRecordsNothingOfWhatAnotherHasDoneMeanwhile(ServerKind kind) {
        ServerProcess frozen = cluster.node(kind);
        ServerProcess other = cluster.besides(frozen);
        String name = "frozen-" + kind;
        cluster.endpoint(name, "/" + name);

        // Given a node that waits for an endpoint's answer, and for an observer; only it can have taken the work
        Hold endpoint = cluster.witness.hold("/" + name);
        Hold observer = cluster.witness.hold(Cluster.askedBy(kind));
        other.freeze();
        String message = Cluster.publish(frozen, name);
        Cluster.receive(frozen, name, Bookkeeper.ASKING);
        cluster.witness.awaitArrivals("/" + name, 1);
        cluster.witness.awaitArrivals(Cluster.askedBy(kind), 1);

        // When it freezes, its leases end, and the other one does the work
        frozen.freeze();
        endpoint.admitOthers();
        other.thaw();
        cluster.witness.awaitArrivals("/" + name, 2);
        await().atMost(LIMIT).until(() -> cluster.effectsOf(name) == 1);
        Cluster.awaitIdle(other);

        // Then what it brings to an end after all counts for nothing
        endpoint.release(500);
        observer.release(200);
        frozen.thaw();
        cluster.awaitIdle();
        assertThat(Cluster.statuses(other, name, message)).containsExactly(200L);
        assertThat(cluster.witness.arrivalsAt("/" + name)).hasSize(2);
        assertThat(cluster.effectsOf(name)).isEqualTo(1);
    }
}
