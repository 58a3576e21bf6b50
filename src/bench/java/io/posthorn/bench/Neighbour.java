package io.posthorn.bench;

/**
 * What an endpoint that never answers, with as many due deliveries as nobody should have, costs all others. Each round
 * measures without it and with it, from the same state of the database: vacuumed, and with nothing left to write to disk, so
 * that neither of the two pays for what was laid down for the other.
 */
final class Neighbour implements Measurement {

    private static final String ALONE = "deliveries/s without a hanging endpoint";
    private static final String ALONE_P99 = "publish to arrival without a hanging endpoint, p99 ms";
    private static final String BESIDE = "deliveries/s beside a hanging endpoint";
    private static final String BESIDE_P99 = "publish to arrival beside a hanging endpoint, p99 ms";

    private final Installation installation;
    private final int hanging;
    private final Delivering delivering;
    private final Latency latency;
    private int backlogs;

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
    public void measure(Figures into) {
        if (backlogs > 0) {
            cleanUp();
        }
        measure(ALONE, ALONE_P99, into);
        backlogs++;
        installation.application(application(), 1, "/" + Sink.HANG);
        installation.database.layBacklog(application(), hanging, "{}");
        measure(BESIDE, BESIDE_P99, into);
    }

    @Override
    public void cleanUp() {
        installation.database.cancelPending();
        installation.removeApplication(application());
    }

    private String application() {
        return Sink.HANG + backlogs;
    }

    private void measure(String rate, String p99, Figures into) {
        installation.database.settle();
        into.add(rate, delivering.backlog().perSecond());
        installation.database.settle();
        into.add(p99, Figures.quantile(latency.published(), 0.99));
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("noisy neighbour", BESIDE, ALONE);
        figures.ratio("noisy neighbour p99", BESIDE_P99, ALONE_P99);
    }
}
