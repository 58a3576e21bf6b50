package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import com.svix.models.MessageIn;
import io.posthorn.faults.inside.Bookkeeper;
import io.posthorn.faults.inside.JumpingClock;
import io.posthorn.it.ExtendedWar;
import io.posthorn.it.Gateway;
import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two servers of different makes on one PostgreSQL, and the witness of what they send. One for all fault tests, since
 * starting takes longer than most of them; each test finds both nodes running, whatever the one before did to them.
 */
final class Cluster {

    static final String TOKEN = "the admin token of the fault tests";

    /** Where the observers' own webhooks go. */
    static final String BOOKED = "/booked";

    /** Longer than a node that is stopped in the midst of an attempt waits, by more than a busy machine stands still. */
    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(7);

    static final Duration DELIVERY_LEASE = ATTEMPT_TIMEOUT.multipliedBy(2).plus(Duration.ofSeconds(2));
    static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(3);
    static final int MAX_IN_FLIGHT = 32;
    static final int MAX_IN_FLIGHT_PER_ENDPOINT = 16;

    /** More than there are connections in a pool. */
    static final int OBSERVERS = 60;

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OFTEN = "0.2" + ",0.2".repeat(99);

    private static Cluster shared;

    final RestartablePostgres database = new RestartablePostgres();
    final Witness witness = new Witness();
    final ServerProcess payara;
    final ServerProcess wildfly;

    /** The one cluster, with both nodes ready for work. */
    static synchronized Cluster running() {
        if (shared == null) {
            shared = new Cluster();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            shared.payara.start();
            shared.wildfly.start();
            shared.endpoint("default", BOOKED);
        }
        shared.database.start();
        shared.nodes().forEach(Cluster::bringBack);
        return shared;
    }

    private Cluster() {
        payara = newNode(ServerKind.PAYARA);
        wildfly = newNode(ServerKind.WILDFLY);
    }

    private ServerProcess newNode(ServerKind kind) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.putAll(settings());
        settings.put(Bookkeeper.ASKED, witness.url(askedBy(kind)));
        settings.put(JumpingClock.ERROR, clockErrorOf(kind).toString());
        return new ServerProcess(kind, "Faults" + kind, ExtendedWar.withPackageOf(Bookkeeper.class), settings);
    }

    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("posthorn.admin.token", TOKEN);
        settings.put("posthorn.sources.default.type", "generic");
        settings.put("posthorn.sources.default.secret", Gateway.SECRET);
        for (String type : Flood.TYPES) {
            settings.put("posthorn.sources." + type + ".type", type);
            settings.put("posthorn.sources." + type + ".secret", Gateway.SECRET);
        }
        settings.put("posthorn.sources.meta.verify-token", TOKEN);
        settings.put("posthorn.inbound.trusted-proxies", "127.0.0.0/8,::1");
        settings.put("posthorn.inbound.rate-limit", "off");
        settings.put("posthorn.inbound.lease", "PT6S");
        settings.put("posthorn.inbound.max-concurrency", Integer.toString(OBSERVERS));
        settings.put("posthorn.inbound.retry-schedule", OFTEN);
        settings.put("posthorn.delivery.retry-schedule", OFTEN);
        settings.put("posthorn.delivery.poll-interval", "PT0.2S");
        settings.put("posthorn.delivery.overload-penalty", "0.2");
        settings.put("posthorn.delivery.circuit.pause", "0.2");
        settings.put("posthorn.delivery.timeout", ATTEMPT_TIMEOUT.toString());
        settings.put(
                "posthorn.delivery.lease-margin",
                DELIVERY_LEASE.minus(ATTEMPT_TIMEOUT.multipliedBy(2)).toString());
        settings.put("posthorn.delivery.max-in-flight", Integer.toString(MAX_IN_FLIGHT));
        settings.put("posthorn.delivery.max-in-flight-per-endpoint", Integer.toString(MAX_IN_FLIGHT_PER_ENDPOINT));
        settings.put("posthorn.delivery.https-only", "false");
        settings.put("posthorn.delivery.allowed-subnets", "127.0.0.0/8");
        settings.put("posthorn.shutdown.timeout", SHUTDOWN_TIMEOUT.toString());
        return settings;
    }

    private static void bringBack(ServerProcess node) {
        if (node.isAlive()) {
            node.thaw();
            await().atMost(LONG).until(node::isReady);
        } else {
            node.start();
        }
    }

    ServerProcess node(ServerKind kind) {
        return kind == ServerKind.PAYARA ? payara : wildfly;
    }

    List<ServerProcess> nodes() {
        return List.of(payara, wildfly);
    }

    List<String> urls() {
        return nodes().stream().map(ServerProcess::url).toList();
    }

    /** The other one of the two. */
    ServerProcess besides(ServerProcess node) {
        return node == payara ? wildfly : payara;
    }

    Gateway gateway() {
        return gateway(payara);
    }

    static Gateway gateway(ServerProcess node) {
        return new Gateway(node.url(), TOKEN);
    }

    private static Svix svix(ServerProcess node) {
        return gateway(node).svix();
    }

    /** Where a node's observers ask. */
    static String askedBy(ServerKind kind) {
        return "/asked-by/" + kind;
    }

    private static Path clockErrorOf(ServerKind kind) {
        return ServerProcess.posthornWar().resolveSibling("clock-error-of-" + kind);
    }

    static void setClockWrong(ServerKind kind, Duration error) {
        try {
            Files.writeString(clockErrorOf(kind), error.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void setClockRight(ServerKind kind) {
        try {
            Files.deleteIfExists(clockErrorOf(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an application, if there is none, with an endpoint at the witness. */
    void endpoint(String application, String path) {
        endpoint(payara, application, witness.url(path));
    }

    static void endpoint(ServerProcess node, String application, String url) {
        try {
            Svix svix = svix(node);
            svix.getApplication()
                    .getOrCreate(new ApplicationIn().name(application).uid(application));
            svix.getEndpoint().create(application, new EndpointIn().url(URI.create(url)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a webhook by way of a node; the event's id. */
    static String receive(ServerProcess node, String id, String type) {
        return Gateway.json(gateway(node).receive("/webhooks", "{\"id\":\"" + id + "\",\"type\":\"" + type + "\"}"))
                .getString("id");
    }

    /** Publishes a message by way of a node; its id. */
    static String publish(ServerProcess node, String application) {
        try {
            return svix(node)
                    .getMessage()
                    .create(application, new MessageIn().eventType("t").payload("{}"))
                    .getId();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What the recorded attempts of a message ended in, newest first, as a node tells. */
    static List<Long> statuses(ServerProcess node, String application, String message) {
        try {
            return svix(node).getMessageAttempt().listByMsg(application, message).getData().stream()
                    .map(attempt -> attempt.getResponseStatusCode().longValue())
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** How often the observer's effect on an event took place; copies of a delivery do not count. */
    long effectsOf(String externalId) {
        return witness.arrivalsAt(BOOKED).stream()
                .filter(arrival -> arrival.subject().equals(externalId))
                .map(Witness.Arrival::id)
                .distinct()
                .count();
    }

    /** Nothing is waited for, and no thread is at Posthorn's work. */
    void awaitIdle() {
        nodes().forEach(Cluster::awaitIdle);
    }

    static void awaitIdle(ServerProcess node) {
        Jvm jvm = new Jvm(node);
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(Metric.of(node, "posthorn_deliveries_pending")).isZero();
            assertThat(Metric.of(node, "posthorn_events_pending")).isZero();
        });
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(jvm.threadsIn("io.posthorn.")).isEmpty());
    }

    private void close() {
        nodes().forEach(ServerProcess::kill);
        witness.close();
        database.close();
    }
}
