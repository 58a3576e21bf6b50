package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code posthorn.datasource.max-pool-size} counts on each server, and connections that end are replaced. */
class ConnectionPoolIT {

    private static final int MAX = 3;
    private static final int THREADS = 24;
    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void aNodeUsesNoMoreConnectionsThanItMayAndReplacesThoseThatEnd(ServerKind kind) {
        String database = "pool_" + kind.name().toLowerCase(Locale.ROOT);
        Map<String, String> settings = new HashMap<>(Postgres.newDatabase(database));
        settings.put("posthorn.datasource.max-pool-size", Integer.toString(MAX));
        settings.put("posthorn.admin.token", "pool");
        settings.put("posthorn.delivery.retry-schedule", "0.5,0.5,0.5,0.5,0.5");
        settings.put("posthorn.delivery.poll-interval", "PT0.2S");
        settings.put("posthorn.delivery.https-only", "false");
        settings.put("posthorn.delivery.allowed-subnets", "127.0.0.0/8");
        try (ServerProcess server =
                        new ServerProcess(kind, "Pool" + kind, ServerProcess.posthornWar(), settings).start();
                Receiver receiver = new Receiver()) {
            Gateway gateway = new Gateway(server.url(), "pool");
            gateway.manage("POST", "/api/v1/app", "{\"name\":\"a\",\"uid\":\"a\"}");
            gateway.manage("POST", "/api/v1/app/a/endpoint", "{\"url\":\"" + receiver.url("/in") + "\"}");

            // When far more work at once than there may be connections
            List<Set<Integer>> connections = new ArrayList<>();
            CompletableFuture<List<Integer>> statuses = publish(gateway, 300);
            while (!statuses.isDone() || received(receiver) < 300) {
                connections.add(Postgres.connectionsTo(database));
                assertThat(connections).hasSizeLessThan(100_000);
            }

            // Then all of it is done with those that there may be
            assertThat(statuses.join()).containsOnly(202);
            assertThat(connections).allMatch(each -> each.size() <= MAX).anyMatch(each -> each.size() == MAX);

            // Which are the same all the time, but for single ones that were replaced
            assertThat(connections.stream().flatMap(Set::stream).distinct()).hasSizeLessThanOrEqualTo(2 * MAX);

            // And when they end, others take their place without the server's doing
            assertThat(Postgres.endConnectionsTo(database)).isPositive();
            await().atMost(SOON).until(() -> status(gateway.whileTheServerMayFail()) == 202);
            assertThat(publish(gateway, 50).join()).containsOnly(202);
            await().atMost(SOON).until(() -> received(receiver) >= 351);
        }
    }

    private static CompletableFuture<List<Integer>> publish(Gateway gateway, int count) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<CompletableFuture<Integer>> statuses = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(gateway), threads))
                .toList();
        threads.shutdown();
        return CompletableFuture.allOf(statuses.toArray(CompletableFuture[]::new))
                .thenApply(all -> statuses.stream().map(CompletableFuture::join).collect(Collectors.toList()));
    }

    private static int status(Gateway gateway) {
        return gateway.manage("POST", "/api/v1/app/a/msg", "{\"eventType\":\"order.paid\",\"payload\":{}}")
                .statusCode();
    }

    private static long received(Receiver receiver) {
        return receiver.requestsTo("/in").stream()
                .map(request -> request.header("Webhook-id"))
                .distinct()
                .count();
    }
}
