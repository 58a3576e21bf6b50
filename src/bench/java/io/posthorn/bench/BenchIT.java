package io.posthorn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Measures; the long form with {@code mvn -Pbench}. In the build it is a short smoke test, which says that everything
 * can still be measured and nothing about how fast it is. {@code posthorn.bench.figures} names what is measured; those that
 * are told as a part of another figure want that one as well.
 */
class BenchIT {

    private static final String ALL = "receiving,delivering,publishing,latency,peers,neighbour,growth,two-nodes";

    private final Scale scale = Scale.configured();
    private final Set<String> wanted =
            Set.of(System.getProperty("posthorn.bench.figures", ALL).split(","));
    private final Figures figures = new Figures();

    @Test
    void everythingIsMeasured() {
        ServerKind kind = ServerKind.valueOf(System.getProperty("posthorn.bench.server", "PAYARA"));
        try (Installation installation = new Installation(kind)) {
            Memory memory = new Memory(installation, figures);
            Delivering delivering = new Delivering(installation, scale.deliveries());
            Latency latency = new Latency(installation, scale);
            List<Measurement> atFirst = wanted(
                    new Receiving(installation, scale.duration()),
                    delivering,
                    new Publishing(installation, scale.transactions()),
                    latency,
                    new Peers(installation, scale.peerDeliveries()));
            memory.measure("at first");
            inRounds("warming up", scale.warmUps(), atFirst, new Figures());
            inRounds("measuring", scale.rounds(), atFirst, figures);
            memory.measure("after these");
            // Each of these leaves something behind.
            List<Measurement> oneByOne = wanted(
                    new Neighbour(installation, scale, delivering, latency),
                    new Growth(installation, scale, delivering),
                    new TwoNodes(installation, delivering));
            for (Measurement each : oneByOne) {
                System.out.println("preparing " + each.name());
                each.prepare();
                inRounds(each.name(), scale.rounds(), List.of(each), figures);
                memory.measure("with what " + each.name() + " laid down");
                each.cleanUp();
            }
            atFirst.forEach(each -> each.addRatios(figures));
            oneByOne.forEach(each -> each.addRatios(figures));
            Path directory = ServerProcess.posthornWar().resolveSibling("bench");
            figures.write(
                    directory.resolve(kind + ".md"),
                    "Posthorn on " + kind + ", " + installation.database.version() + " with fsync");
            new Plots(directory, kind.toString()).draw(figures, latency);
        }

        assertThat(figures.names())
                .filteredOn(name -> name.endsWith(Figures.RATIO))
                .hasSizeGreaterThanOrEqualTo(wanted.size());
    }

    private List<Measurement> wanted(Measurement... all) {
        return List.of(all).stream()
                .filter(each -> wanted.contains(each.name()))
                .toList();
    }

    private static void inRounds(String what, int rounds, List<Measurement> measurements, Figures into) {
        for (int round = 1; round <= rounds; round++) {
            System.out.println(what + ": round " + round + " of " + rounds);
            measurements.forEach(each -> each.measure(into));
        }
    }
}
