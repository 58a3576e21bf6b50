package io.posthorn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Measures; the long form with {@code mvn -Pbench}. In the build it is a short smoke test, which says that everything
 * can still be measured and nothing about how fast it is.
 */
class BenchIT {

    private static final int CONNECTIONS = 32;

    private final boolean quick = !Boolean.getBoolean("posthorn.bench.full");
    private final int rounds = quick ? 1 : Integer.getInteger("posthorn.bench.rounds", 5);
    private final Duration duration = Duration.ofSeconds(quick ? 2 : 10);
    private final int deliveries = quick ? 1_000 : Integer.getInteger("posthorn.bench.deliveries", 50_000);
    private final int transactions = quick ? 5 : 50;
    private final List<String> wanted =
            List.of(System.getProperty("posthorn.bench.figures", "receiving,delivering,publishing")
                    .split(","));
    private final Figures figures = new Figures();

    @Test
    void everythingIsMeasured() {
        ServerKind kind = ServerKind.valueOf(System.getProperty("posthorn.bench.server", "PAYARA"));
        try (Installation installation = new Installation(kind)) {
            for (int round = 0; round <= rounds; round++) {
                // The first one only warms up; the short form has no time for it.
                if (round > 0 || !quick) {
                    System.out.println(round == 0 ? "warming up" : "round " + round + " of " + rounds);
                    measure(installation, round == 0 ? new Figures() : figures, "r" + round);
                }
            }
        }
        ratios();
        figures.write(
                ServerProcess.posthornWar().resolveSibling("bench").resolve(kind + ".md"),
                "Posthorn on " + kind + ", PostgreSQL with fsync");

        assertThat(figures.names())
                .containsAll(wanted.stream().map(BenchIT::ratioOf).toList());
    }

    private void measure(Installation installation, Figures into, String name) {
        if (wanted.contains("receiving")) {
            Receiving receiving = new Receiving(installation, CONNECTIONS);
            into.add("requests/s of a resource that does nothing", receiving.nothing(duration));
            into.add("webhooks/s accepted", receiving.webhooks(duration));
        }
        if (wanted.contains("delivering")) {
            Delivering delivering = new Delivering(installation);
            into.add("posts/s of the bare client", delivering.bareClient(deliveries));
            into.add("deliveries/s recorded", delivering.backlog("backlog" + name, deliveries));
        }
        if (wanted.contains("publishing")) {
            into.add("messages/s by plain JDBC", publish(installation, "insert"));
            into.add("messages/s published", publish(installation, "publish"));
        }
    }

    private double publish(Installation installation, String how) {
        int size = 100;
        String nanos =
                installation.call("GET", "/bench/" + how + "?transactions=" + transactions + "&size=" + size, "");
        // Its deliveries are not what is measured next.
        installation.database.execute("UPDATE posthorn_delivery SET status = 'CANCELED', due_at = NULL, claim = NULL"
                + " WHERE due_at IS NOT NULL");
        return transactions * size / (Long.parseLong(nanos.trim()) / 1e9);
    }

    private void ratios() {
        if (wanted.contains("receiving")) {
            figures.ratio(ratioOf("receiving"), "webhooks/s accepted", "requests/s of a resource that does nothing");
        }
        if (wanted.contains("delivering")) {
            figures.ratio(ratioOf("delivering"), "deliveries/s recorded", "posts/s of the bare client");
        }
        if (wanted.contains("publishing")) {
            figures.ratio(ratioOf("publishing"), "messages/s published", "messages/s by plain JDBC");
        }
    }

    private static String ratioOf(String figure) {
        return figure + ", ratio";
    }
}
