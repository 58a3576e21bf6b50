package io.posthorn.bench;

/** Messages per second that are published 100 to a transaction, against the same rows by plain JDBC. */
final class Publishing implements Measurement {

    private static final int SIZE = 100;
    private static final String JDBC = "messages/s by plain JDBC";
    private static final String PUBLISHED = "messages/s published";

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
        into.add(PUBLISHED, perSecond("publish"));
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("publishing", PUBLISHED, JDBC);
    }

    private double perSecond(String how) {
        String nanos =
                installation.call("GET", "/bench/" + how + "?transactions=" + transactions + "&size=" + SIZE, "");
        // Its deliveries are not what is measured next.
        installation.database.cancelPending();
        return transactions * SIZE / (Long.parseLong(nanos.trim()) / 1e9);
    }
}
