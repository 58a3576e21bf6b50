package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.faults.Witness.Arrival;
import io.posthorn.faults.Witness.Hold;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An endpoint that takes as long as it may, with more to do than a node has slots for. */
class SlowEndpointIT {

    private static final int QUICK_ONES = 5;

    private final Cluster cluster = Cluster.running();

    @Test
    void othersDoNotWaitForItAndItGetsEverything() {
        cluster.endpoint("slow", "/slow");
        cluster.endpoint("quick", "/quick");
        Hold slow = cluster.witness.hold("/slow");
        cluster.wildfly.freeze();

        // Given an endpoint that has every slot it may have
        List<String> slowOnes = publish("slow", Cluster.MAX_IN_FLIGHT + 1);
        cluster.witness.awaitArrivals("/slow", Cluster.MAX_IN_FLIGHT_PER_ENDPOINT);

        // When there is something for another one, then it does not wait until the first attempts have timed out
        publish("quick", QUICK_ONES);
        cluster.witness.awaitArrivals("/quick", QUICK_ONES);
        long firstTimeout = cluster.witness.arrivalsAt("/slow").get(0).nanos() + Cluster.ATTEMPT_TIMEOUT.toNanos();
        assertThat(cluster.witness.arrivalsAt("/quick")).allMatch(arrival -> arrival.nanos() - firstTimeout < 0);

        // And when the endpoint has become quick, it gets everything
        slow.release(200);
        cluster.wildfly.thaw();
        cluster.awaitIdle();
        assertThat(cluster.witness.arrivalsAt("/slow")).extracting(Arrival::id).containsAll(slowOnes);
    }

    private List<String> publish(String application, int count) {
        return Stream.generate(() -> Cluster.publish(cluster.payara, application))
                .limit(count)
                .toList();
    }
}
