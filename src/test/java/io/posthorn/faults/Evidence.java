package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.faults.Witness.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a load was promised, against what the witness has seen; and when faults were, which alone may explain copies. */
final class Evidence {

    /** How long before a fault a delivery may have arrived whose record the fault prevented. */
    private static final Duration IN_FLIGHT = Cluster.ATTEMPT_TIMEOUT.plusSeconds(4);

    private record Fault(long begin, long end) {

        boolean explains(Arrival first, Arrival copy) {
            return first.nanos() - begin > -IN_FLIGHT.toNanos()
                    && first.nanos() - end < IN_FLIGHT.toNanos()
                    && copy.nanos() - begin > 0;
        }
    }

    private final Load load;
    private final Witness witness;
    private final List<Fault> faults = new ArrayList<>();

    Evidence(Load load, Witness witness) {
        this.load = load;
        this.witness = witness;
    }

    /** Does something to the nodes; what is in flight then may be delivered twice. */
    void during(Runnable fault) {
        long begin = System.nanoTime();
        fault.run();
        faults.add(new Fault(begin, System.nanoTime()));
    }

    /**
     * Everything that was accepted has its effect, the effects of observers once each, and what came twice was in flight
     * at a fault.
     *
     * @return the figures, to be read by people
     */
    String assertNothingLost(Duration limit) {
        await().atMost(limit).untilAsserted(() -> {
            assertThat(missing(load.events(), subjectsBooked())).isEmpty();
            assertThat(missing(
                            load.messages(),
                            byId(witness.arrivalsAt("/" + load.application)).keySet()))
                    .isEmpty();
        });
        assertObserversEffectsOnce();
        int copies = copies(booked()) + copies(witness.arrivalsAt("/" + load.application));
        return "%d webhooks and %d messages accepted, answers %s; none lost, %d copies, all in flight at one of %d faults"
                .formatted(load.events().size(), load.messages().size(), load.answers(), copies, faults.size());
    }

    private static Set<String> missing(Set<String> promised, Set<String> seen) {
        Set<String> missing = new HashSet<>(promised);
        missing.removeAll(seen);
        return missing;
    }

    private Set<String> subjectsBooked() {
        return booked().stream().map(Arrival::subject).collect(Collectors.toSet());
    }

    private List<Arrival> booked() {
        return witness.arrivalsAt(Cluster.BOOKED).stream()
                .filter(arrival -> arrival.subject().startsWith(load.prefix))
                .toList();
    }

    /** An observer's effect is a message: two messages about one webhook would be two effects. */
    private void assertObserversEffectsOnce() {
        Map<String, Set<String>> idsBySubject = booked().stream()
                .collect(Collectors.groupingBy(Arrival::subject, Collectors.mapping(Arrival::id, Collectors.toSet())));
        assertThat(idsBySubject).allSatisfy((subject, ids) -> assertThat(ids).hasSize(1));
    }

    private static Map<String, List<Arrival>> byId(List<Arrival> arrivals) {
        return arrivals.stream().collect(Collectors.groupingBy(Arrival::id));
    }

    private int copies(List<Arrival> arrivals) {
        int copies = 0;
        for (List<Arrival> same : byId(arrivals).values()) {
            for (int i = 1; i < same.size(); i++) {
                assertIsExplained(same.get(i - 1), same.get(i));
                copies++;
            }
        }
        return copies;
    }

    private void assertIsExplained(Arrival first, Arrival copy) {
        assertThat(faults)
                .as("%s came at %d and at %d", first.id(), first.nanos(), copy.nanos())
                .anyMatch(fault -> fault.explains(first, copy));
    }
}
