package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.faults.Witness.Hold;
import io.posthorn.faults.inside.Bookkeeper;
import io.posthorn.it.Gateway;
import io.posthorn.it.ServerKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Observers hold every connection of a node's pool. */
class FullPoolIT {

    /** Longer than anyone waits for a connection. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Cluster cluster = Cluster.running();

    @Test
    void sendersAreToldAndWhenConnectionsAreBackEverythingIsDone() {
        Hold observers = cluster.witness.hold(Cluster.askedBy(ServerKind.PAYARA));
        Gateway gateway = Cluster.gateway(cluster.payara);
        cluster.wildfly.freeze();

        // When more observers are at work than there are connections
        List<String> accepted = new ArrayList<>();
        HttpResponse<String> answer = send(gateway, 0);
        while (answer.statusCode() == 200 && accepted.size() < Cluster.OBSERVERS) {
            accepted.add(Gateway.json(answer).getString("id"));
            answer = send(gateway, accepted.size());
        }

        // Then the next sender is told to come again, and the server lives
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(gateway.send("GET", "/health/live").statusCode()).isEqualTo(200);

        // And when they end, all is well
        observers.release(200);
        await().atMost(LIMIT).until(() -> send(gateway, accepted.size()).statusCode() == 200);
        cluster.wildfly.thaw();
        cluster.awaitIdle();
        assertThat(accepted).hasSizeGreaterThan(20);
        for (int i = 0; i < accepted.size(); i++) {
            assertThat(cluster.effectsOf("full-" + i)).isEqualTo(1);
        }
    }

    private static HttpResponse<String> send(Gateway gateway, int number) {
        return gateway.receive("/webhooks", "{\"id\":\"full-" + number + "\",\"type\":\"" + Bookkeeper.ASKING + "\"}");
    }
}
