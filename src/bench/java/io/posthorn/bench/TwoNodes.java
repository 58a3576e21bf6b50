package io.posthorn.bench;

import io.posthorn.bench.Delivering.Backlog;

/** A backlog that two servers share, against one. */
final class TwoNodes implements Measurement {

    private static final String TWO = "deliveries/s of two nodes";
    private static final String DUPLICATES = "duplicates of two nodes";

    private final Installation installation;
    private final Delivering delivering;

    TwoNodes(Installation installation, Delivering delivering) {
        this.installation = installation;
        this.delivering = delivering;
    }

    @Override
    public String name() {
        return "two-nodes";
    }

    @Override
    public void prepare() {
        installation.addNode();
    }

    @Override
    public void measure(Figures into) {
        Backlog backlog = delivering.backlog();
        into.add(TWO, backlog.perSecond());
        into.add(DUPLICATES, backlog.duplicates());
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("two nodes", TWO, Delivering.DELIVERED);
    }
}
