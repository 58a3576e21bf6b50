package io.posthorn.bench;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From the commit of a published message to its arrival at the sink, at a third of the rate at which messages can be
 * published one by one and arrive; against the same posts by the bare client.
 */
final class Latency implements Measurement {

    /** More than any server publishes. */
    private static final double UNPACED = 1e9;

    private static final int MESSAGES_A_SECOND = 200;

    private final Installation installation;
    private final Scale scale;
    private final List<Double> bare = new ArrayList<>();
    private final List<Double> published = new ArrayList<>();
    private double rate;

    Latency(Installation installation, Scale scale) {
        this.installation = installation;
        this.scale = scale;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public void measure(Figures into) {
        double maximal = maximal();
        into.add("messages/s published one by one that arrive", maximal);
        rate = maximal / 3;
        add(into, "bare POST", bare(), bare);
        add(into, "publish to arrival", published(), published);
    }

    private static void add(Figures into, String what, List<Double> millis, List<Double> all) {
        all.clear();
        all.addAll(millis);
        into.add(what + ", p50 ms", Figures.quantile(millis, 0.5));
        into.add(what + ", p99 ms", Figures.quantile(millis, 0.99));
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio("latency p50", "publish to arrival, p50 ms", "bare POST, p50 ms");
        figures.ratio("latency p99", "publish to arrival, p99 ms", "bare POST, p99 ms");
    }

    /** What the last round measured, for a plot: milliseconds by what they are of. */
    Map<String, List<Double>> distributions() {
        return Map.of("bare POST", bare, "publish to arrival", published);
    }

    private double maximal() {
        long count = MESSAGES_A_SECOND * scale.duration().toSeconds();
        long begin = System.nanoTime();
        publish(UNPACED, count);
        return count / ((System.nanoTime() - begin) / 1e9);
    }

    /** Milliseconds of each message at the rate of the last round. */
    List<Double> published() {
        return millis(publish(rate, Math.round(rate * scale.duration().toSeconds())));
    }

    /** Waits until all have arrived; when the commit of each was known, by its id. */
    private Map<String, Long> publish(double perSecond, long count) {
        installation.sink.noteArrivals();
        String commits = installation.call("GET", "/bench/paced?rate=" + perSecond + "&count=" + count, "");
        Map<String, Long> started = new HashMap<>();
        commits.lines().map(line -> line.split(" ")).forEach(line -> started.put(line[0], Long.parseLong(line[1])));
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> installation.sink.arrivals().keySet().containsAll(started.keySet()));
        return started;
    }

    private List<Double> bare() {
        installation.sink.noteArrivals();
        Map<String, Long> started = new HashMap<>();
        try (BareClient client = new BareClient(installation.sink)) {
            long begin = System.nanoTime();
            long count = Math.round(rate * scale.duration().toSeconds());
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(begin + Math.round(i * 1e9 / rate) - System.nanoTime());
                started.put("bare" + i, System.nanoTime());
                client.post(Delivering.PAYLOAD, "bare" + i);
            }
            client.awaitAnswers();
        }
        return millis(started);
    }

    private List<Double> millis(Map<String, Long> started) {
        Map<String, Long> arrivals = installation.sink.arrivals();
        return started.entrySet().stream()
                // A message may arrive before its publisher is told of the commit.
                .map(entry -> Math.max(0, requireNonNull(arrivals.get(entry.getKey())) - entry.getValue()) / 1e6)
                .toList();
    }
}
