package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.faults.Witness.Hold;
import io.posthorn.faults.inside.Bookkeeper;
import io.posthorn.it.Gateway;
import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Observers that hang hold connections of a node's pool, and those that take several hold all of them. */
class FullPoolIT {

    /** Longer than anyone waits for a connection. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Cluster cluster = Cluster.running();

    private Optional<Hold> hanging = Optional.empty();

    /** Whatever came of the test, so that the next one finds both nodes at its service. */
    @AfterEach
    void letGo() {
        hanging.ifPresent(observers -> observers.release(200));
        thaw();
    }

    private void thaw() {
        cluster.nodes().forEach(ServerProcess::thaw);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void observersThatHangAreNothingToSenders(ServerKind kind) {
        Gateway gateway = leaveTheWorkTo(kind);

        // When more events wait for observers than there are connections
        List<Integer> answers = IntStream.range(0, Cluster.OBSERVERS)
                .mapToObj(number -> send(gateway, Bookkeeper.ASKING, "hung-" + kind + number)
                        .statusCode())
                .toList();

        // Then all of them have been accepted
        assertThat(answers).containsOnly(200);

        // And when the observers end, all is done
        letGo();
        cluster.awaitIdle();
        for (int i = 0; i < Cluster.OBSERVERS; i++) {
            assertThat(cluster.effectsOf("hung-" + kind + i)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void whoWantsMoreObserversAtOnceThanHalfOfThePoolIsToldHowManyThereAreAndWhy(ServerKind kind) {
        assertThat(cluster.node(kind).log().stream().filter(line -> line.contains("WARN")))
                .anyMatch(line -> line.contains("posthorn.inbound.max-concurrency=60 counts as 25: half of"
                        + " posthorn.datasource.max-pool-size=50, so that receiving never waits for observers"));
    }

    @Test
    void whereObserversHoldEveryConnectionSendersAreToldAndWhenTheseAreBackEverythingIsDone() {
        Gateway gateway = leaveTheWorkTo(ServerKind.PAYARA).whileTheServerMayFail();

        // When observers take two connections each
        List<String> accepted = new ArrayList<>();
        HttpResponse<String> answer = send(gateway, Bookkeeper.ASKING_TWICE, "full-0");
        while (answer.statusCode() == 200 && accepted.size() < 3 * Cluster.OBSERVERS) {
            accepted.add(Gateway.json(answer).getString("id"));
            answer = send(gateway, Bookkeeper.ASKING_TWICE, "full-" + accepted.size());
        }

        // Then the next sender is told to come again, and the server lives
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(gateway.send("GET", "/health/live").statusCode()).isEqualTo(200);

        // And when they end, all is well
        hanging.orElseThrow().release(200);
        await().atMost(LIMIT)
                .until(() -> send(gateway, Bookkeeper.ASKING_TWICE, "full-" + accepted.size())
                                .statusCode()
                        == 200);
        thaw();
        cluster.awaitIdle();
        assertThat(accepted).hasSizeGreaterThan(20);
        for (int i = 0; i < accepted.size(); i++) {
            assertThat(cluster.effectsOf("full-" + i)).isEqualTo(1);
        }
    }

    /** Where observers hang from now on. */
    private Gateway leaveTheWorkTo(ServerKind kind) {
        ServerProcess node = cluster.node(kind);
        cluster.besides(node).freeze();
        hanging = Optional.of(cluster.witness.hold(Cluster.askedBy(kind)));
        return Cluster.gateway(node);
    }

    private static HttpResponse<String> send(Gateway gateway, String type, String id) {
        return gateway.receive("/webhooks", "{\"id\":\"" + id + "\",\"type\":\"" + type + "\"}");
    }
}
