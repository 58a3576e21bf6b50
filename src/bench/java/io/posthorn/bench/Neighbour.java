package io.posthorn.bench;

import java.util.List;

/** What an endpoint that never answers, with as many due deliveries as nobody should have, costs all others. */
final class Neighbour implements Measurement {

    private static final String ALONE = "publish to arrival, p99 ms";
    private static final String BESIDE = "deliveries/s beside a hanging endpoint";
    private static final String BESIDE_P99 = "publish to arrival beside a hanging endpoint, p99 ms";

    private final Installation installation;
    private final int hanging;
    private final Delivering delivering;
    private final Latency latency;

    Neighbour(Installation installation, Scale scale, Delivering delivering, Latency latency) {
        this.installation = installation;
        this.hanging = scale.hanging();
        this.delivering = delivering;
        this.latency = latency;
    }

    @Override
    public String name() {
        return "neighbour";
    }

    @Override
    public void prepare() {
        installation.application(Sink.HANG, 1, "/" + Sink.HANG);
        installation.database.layBacklog(Sink.HANG, hanging, "{}");
        installation.database.execute("VACUUM ANALYZE");
    }

    @Override
    public void measure(Figures into) {
        into.add(BESIDE, delivering.backlog().perSecond());
        List<Double> millis = latency.published();
        into.add(BESIDE_P99, Figures.quantile(millis, 0.99));
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("noisy neighbour", BESIDE, Delivering.DELIVERED);
        figures.ratio("noisy neighbour p99", BESIDE_P99, ALONE);
    }

    @Override
    public void cleanUp() {
        installation.database.cancelPending();
        installation.removeApplication(Sink.HANG);
        installation.database.execute("VACUUM ANALYZE");
    }
}
