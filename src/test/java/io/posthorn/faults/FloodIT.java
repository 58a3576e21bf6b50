package io.posthorn.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.it.ServerKind;
import io.posthorn.it.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of what strangers send, nothing stays in memory: not their names, tokens, types, headers or bodies. The sum of the heap
 * would not tell, as it breathes by megabytes; so requests are marked, and looked for in what is live. Caches with a bound
 * are given enough to forget them.
 */
class FloodIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int OF_EACH_KIND = 250;

    /** Undertow remembers where a thousand paths lead to. */
    private static final int TO_FORGET_THEM = 350;

    /** Of each kind, in buffers. */
    private static final int MAY_STAY = 60;

    private static final long OBJECTS = 300;

    private final Cluster cluster = Cluster.running();

    @ParameterizedTest
    @EnumSource(names = {"PAYARA", "WILDFLY"})
    void nothingOfWhatStrangersSendStaysInMemory(ServerKind kind) {
        ServerProcess node = cluster.node(kind);
        long before = objects(node);

        try (Flood flood = new Flood(node)) {
            flood.marked(OF_EACH_KIND);
            flood.unmarked(TO_FORGET_THEM);
        }

        assertThat(objects(node)).isLessThan(before + OBJECTS);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(traces(node))
                        .allSatisfy((name, requests) -> assertThat(requests).isLessThan(MAY_STAY)));
    }

    /** Of our own classes. */
    private long objects(ServerProcess node) {
        cluster.awaitIdle();
        cluster.witness.forget();
        return new Jvm(node).heapAfterCollection().ours();
    }

    private static Map<String, Integer> traces(ServerProcess node) throws IOException {
        Path file = node.dataDirectory().resolveSibling("flood.hprof");
        try {
            new Jvm(node).dump(file);
            Map<String, Integer> traces = Traces.in(file);
            System.out.println(traces);
            return traces;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
