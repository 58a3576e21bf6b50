package io.posthorn.bench;

/** Messages per second that are published 100 to a transaction, together and one by one, against the same rows by JDBC. */
final class Publishing implements Measurement {

    private static final int SIZE = 100;
    private static final String JDBC = "messages/s by plain JDBC";
    private static final String TOGETHER = "messages/s published together";
    private static final String ONE_BY_ONE = "messages/s published one by one in transactions";

    private final Installation installation;
    private final int transactions;

    Publishing(Installation installation, int transactions) {
        this.installation = installation;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "publishing";
    }

    @Override
    public void measure(Figures into) {
        into.add(JDBC, perSecond("insert"));
        into.add(TOGETHER, perSecond("publish-all"));
        into.add(ONE_BY_ONE, perSecond("publish"));
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("publishing", TOGETHER, JDBC);
        figures.ratio("publishing one by one", ONE_BY_ONE, JDBC);
    }

    private double perSecond(String how) {
        String nanos =
                installation.call("GET", "/bench/" + how + "?transactions=" + transactions + "&size=" + SIZE, "");
        // Its deliveries are not what is measured next.
        installation.database.cancelPending();
        return transactions * SIZE / (Long.parseLong(nanos.trim()) / 1e9);
    }
}
