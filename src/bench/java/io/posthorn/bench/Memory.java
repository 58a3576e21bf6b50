package io.posthorn.bench;

import io.posthorn.faults.Jvm;

/** What lives on the first server's heap after a full collection. */
final class Memory {

    private final Installation installation;
    private final Figures figures;

    Memory(Installation installation, Figures figures) {
        this.installation = installation;
        this.figures = figures;
    }

    void measure(String when) {
        double bytes = new Jvm(installation.firstNode()).heapAfterCollection().bytes();
        figures.add("heap after a collection, MiB, " + when, bytes / (1 << 20));
    }
}
