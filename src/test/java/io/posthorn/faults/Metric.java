package io.posthorn.faults;

import io.posthorn.it.ServerProcess;

/** Reads {@code /metrics}. */
final class Metric {

    private Metric() {}

    /** The sum over all labels. */
    static double of(ServerProcess node, String name) {
        return Cluster.gateway(node)
                .send("GET", "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
