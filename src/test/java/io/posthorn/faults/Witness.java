package io.posthorn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Receives what the nodes send, and remembers what came when. Answers 200 at once, unless a path was told otherwise. */
final class Witness implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern SUBJECT = Pattern.compile("\"(?:data|subject)\":\"([^\"]*)\"");

    /**
     * What came.
     *
     * @param id the {@code webhook-id}; empty for what is no webhook
     * @param subject what the payload says it is about; empty where it says nothing
     * @param signature the {@code webhook-signature}; empty for what is no webhook
     * @param nanos of {@link System#nanoTime()}
     */
    record Arrival(String id, String subject, String signature, long nanos) {}

    /** Keeps those waiting who call a path. */
    final class Hold {

        private final String path;
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile int status = 200;

        private Hold(String path) {
            this.path = path;
        }

        /** Whoever comes from now on is answered at once; those who wait go on waiting. */
        void admitOthers() {
            holds.remove(path);
        }

        /** Answers those who wait. */
        void release(int withStatus) {
            status = withStatus;
            holds.remove(path);
            released.countDown();
        }
    }

    private final Map<String, Queue<Arrival>> arrivals = new ConcurrentHashMap<>();
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final Map<String, Integer> delays = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Witness() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    Hold hold(String path) {
        Hold hold = new Hold(path);
        holds.put(path, hold);
        return hold;
    }

    void delay(String path, int millis) {
        delays.put(path, millis);
    }

    void awaitArrivals(String path, int count) {
        await().atMost(LIMIT).until(() -> arrivalsAt(path).size() >= count);
    }

    /** In the order in which they came. */
    List<Arrival> arrivalsAt(String path) {
        return List.copyOf(arrivals.getOrDefault(path, new ConcurrentLinkedQueue<>()));
    }

    /** Drops what is remembered, so that a long run does not measure the memory of its witness. */
    void forget() {
        arrivals.clear();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        arrivals.computeIfAbsent(path, unknown -> new ConcurrentLinkedQueue<>())
                .add(new Arrival(
                        header(exchange, "webhook-id"),
                        subject(body),
                        header(exchange, "webhook-signature"),
                        System.nanoTime()));
        exchange.sendResponseHeaders(status(path), -1);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of("")).get(0);
    }

    private static String subject(String body) {
        Matcher matcher = SUBJECT.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private int status(String path) {
        Hold hold = holds.get(path);
        try {
            if (hold != null) {
                hold.released.await();
                return hold.status;
            }
            TimeUnit.MILLISECONDS.sleep(delays.getOrDefault(path, 0));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        return 200;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
