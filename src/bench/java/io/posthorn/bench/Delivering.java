package io.posthorn.bench;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Recorded deliveries per second of a backlog, against the posts per second of the bare client to the same sink. */
final class Delivering implements Measurement {

    static final String BARE = "posts/s of the bare client";
    static final String DELIVERED = "deliveries/s recorded";

    /** The payload of everything that is delivered. */
    static final String PAYLOAD = "{\"text\":\"" + "x".repeat(900) + "\"}";

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Installation installation;
    private final int deliveries;
    private int backlogs;

    Delivering(Installation installation, int deliveries) {
        this.installation = installation;
        this.deliveries = deliveries;
    }

    @Override
    public String name() {
        return "delivering";
    }

    @Override
    public void measure(Figures into) {
        CpuTime before = CpuTime.now(installation);
        into.add(BARE, bareClient());
        CpuTime.now(installation).since(before).addTo(into, "a bare post", deliveries);
        Backlog backlog = backlog();
        into.add(DELIVERED, backlog.perSecond());
        backlog.cpu().addTo(into, "a delivery", deliveries);
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio(name(), DELIVERED, BARE);
    }

    private double bareClient() {
        try (BareClient client = new BareClient(installation.sink)) {
            long started = System.nanoTime();
            for (int i = 0; i < deliveries; i++) {
                client.post(PAYLOAD, "");
            }
            client.awaitAnswers();
            return deliveries / seconds(started);
        }
    }

    /**
     * A backlog that was worked off.
     *
     * @param perSecond from the first request to the last record
     * @param duplicates requests beyond one for each delivery
     * @param cpu from the first request to the last record
     */
    record Backlog(double perSecond, long duplicates, CpuTime cpu) {}

    /** Lays a backlog down in one statement, and waits until all of it is recorded as delivered. */
    Backlog backlog() {
        String name = "backlog" + ++backlogs;
        installation.application(name, Installation.ENDPOINTS, "/" + name);
        installation.database.layBacklog(name, deliveries / Installation.ENDPOINTS, PAYLOAD);
        await().atMost(LIMIT)
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> installation.sink.requestsTo(name) > 0);
        long started = System.nanoTime();
        CpuTime before = CpuTime.now(installation);
        await().atMost(LIMIT)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> installation.sink.requestsTo(name) >= deliveries);
        await().atMost(LIMIT)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> installation.database.pending(name) == 0);
        double seconds = seconds(started);
        CpuTime cpu = CpuTime.now(installation).since(before);
        long duplicates = installation.sink.requestsTo(name) - deliveries;
        installation.removeApplication(name);
        return new Backlog(deliveries / seconds, duplicates, cpu);
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
