package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.it.Gateway;
import io.posthorn.it.ServerKind;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of a node jumps. Nodes work by the database's time, so nothing comes late, twice, or not at all. */
class WrongClockIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Cluster cluster = Cluster.running();

    @AfterEach
    void setRight() {
        Cluster.setClockRight(ServerKind.PAYARA);
        Cluster.setClockRight(ServerKind.WILDFLY);
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

    @Test
    void whatCameIsListedAndReplayedByTheTimeOfTheDatabase() {
        String event = Cluster.receive(cluster.payara, "clock-replay", "t");
        Gateway gateway = cluster.gateway();
        await().atMost(SOON).until(() -> gateway.eventStatus(event).equals("PROCESSED"));
        String source = "/ingest/api/v1/source/default";
        String receivedAt = event(gateway, source, event).getString("receivedAt");

        Cluster.setClockWrong(ServerKind.PAYARA, Duration.ofDays(-2));

        assertThat(gateway.manage("GET", source + "/event?after=" + receivedAt, "")
                        .body())
                .contains(event);
        gateway.manage("POST", source + "/replay", "{\"since\":\"" + receivedAt + "\",\"status\":\"processed\"}");
        await().atMost(SOON).until(() -> event(gateway, source, event).getInt("replays") == 1);
        cluster.awaitIdle();
    }

    private static JsonObject event(Gateway gateway, String source, String id) {
        return Gateway.json(gateway.manage("GET", source + "/event/" + id, ""));
    }

    @Test
    void theTokenBeforeOfASourceCeasesTwoDaysAfterItsRotation() {
        Gateway gateway = cluster.gateway();
        String sources = "/ingest/api/v1/source";
        JsonObject source =
                Gateway.json(gateway.manage("POST", sources, "{\"name\":\"shop\",\"type\":\"generic-webhook\"}"));
        String before = source.getString("ingestUrl");
        String after = Gateway.json(
                        gateway.manage("POST", sources + "/" + source.getString("id") + "/token/rotate", ""))
                .getString("ingestUrl");

        Cluster.setClockWrong(ServerKind.PAYARA, Duration.ofHours(48).minusMinutes(1));
        assertThat(status(gateway, before)).isEqualTo(200);

        Cluster.setClockWrong(ServerKind.PAYARA, Duration.ofHours(48).plusMinutes(1));
        assertThat(status(gateway, before)).isEqualTo(404);
        assertThat(status(gateway, after)).isEqualTo(200);
    }

    @Test
    void theSecretBeforeOfAnEndpointCeasesToSignADayAfterItsRotation() {
        String name = "clock-secret";
        cluster.endpoint(name, "/" + name);
        Gateway gateway = cluster.gateway();
        String endpoints = "/api/v1/app/" + name + "/endpoint";
        String endpoint = Gateway.json(gateway.manage("GET", endpoints, ""))
                .getJsonArray("data")
                .getJsonObject(0)
                .getString("id");

        assertThat(gateway.manage("POST", endpoints + "/" + endpoint + "/secret/rotate", "{}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(signatures(name, Duration.ofHours(24).minusMinutes(1))).hasSize(2);
        assertThat(signatures(name, Duration.ofHours(24).plusMinutes(1))).hasSize(1);
    }

    /** Those that a message bears which is published so much later, whichever node sends it. */
    private List<String> signatures(String name, Duration later) {
        Cluster.setClockWrong(ServerKind.PAYARA, later);
        Cluster.setClockWrong(ServerKind.WILDFLY, later);
        String message = Cluster.publish(cluster.payara, name);
        await().atMost(SOON).until(() -> arrival(name, message).isPresent());
        cluster.awaitIdle();
        return List.of(arrival(name, message).orElseThrow().signature().split(" "));
    }

    private Optional<Witness.Arrival> arrival(String name, String message) {
        return cluster.witness.arrivalsAt("/" + name).stream()
                .filter(arrival -> arrival.id().equals(message))
                .findFirst();
    }

    private static int status(Gateway gateway, String ingestUrl) {
        return gateway.receive(URI.create(ingestUrl).getPath(), "{}").statusCode();
    }
}
