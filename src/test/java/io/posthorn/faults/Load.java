package io.posthorn.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.posthorn.it.Gateway;
import io.posthorn.signature.PlainSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Senders and publishers who go on whatever happens, and remember what they were promised. As providers do, a sender
 * repeats a webhook until it has been accepted; a publisher goes on to the next message.
 */
final class Load implements AutoCloseable {

    private static final int SENDERS = 4;
    private static final int PUBLISHERS = 2;
    private static final long PAUSE_MILLIS = 40;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

    static final int THREADS = SENDERS + PUBLISHERS;

    /** In the place of a status, where no answer came. */
    static final int NO_ANSWER = 0;

    /** The application that is published to; its endpoint's path at the witness is the same. */
    final String application;

    /** What the ids of the webhooks begin with. */
    final String prefix;

    private final List<String> urls;
    private final HttpClient http = HttpClient.newBuilder()
            // As most senders do; of HTTP/2, Payara keeps the streams that have ended until the connection ends.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final AtomicInteger turns = new AtomicInteger();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();

    /** What was wrong with answers by the contract, apart from being those of a server that fails. */
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    private final Set<String> events = ConcurrentHashMap.newKeySet();
    private final Set<String> messages = ConcurrentHashMap.newKeySet();

    Load(String application, List<String> urls) {
        this(application, application, urls);
    }

    /**
     * @param prefix of the ids; another one for each load
     * @param urls of the nodes, which are called in turn
     */
    Load(String application, String prefix, List<String> urls) {
        this.application = application;
        this.prefix = prefix + "-";
        this.urls = List.copyOf(urls);
    }

    Load start() {
        for (int i = 0; i < SENDERS; i++) {
            Sender sender = new Sender(prefix + i);
            threads.scheduleWithFixedDelay(sender::send, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        for (int i = 0; i < PUBLISHERS; i++) {
            threads.scheduleWithFixedDelay(this::publish, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** Begins nothing more, and waits for the answers to what was begun. */
    Load stop() {
        threads.shutdown();
        await().atMost(ANSWER_LIMIT.plusSeconds(10)).until(threads::isTerminated);
        assertThat(violations).isEmpty();
        return this;
    }

    /** Goes on until so much more has been accepted. */
    void awaitMore(int count) {
        int enough = accepted() + count;
        await().atMost(Duration.ofSeconds(60)).until(() -> accepted() >= enough);
    }

    /** Forgets which answers there have been, and goes on until there are so many new ones, good and bad. */
    void awaitAnswers(int count) {
        statuses.clear();
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        statuses.values().stream().mapToInt(AtomicInteger::get).sum() >= count);
    }

    /** How often each status came; {@link #NO_ANSWER} where none did. */
    Map<Integer, AtomicInteger> answers() {
        return statuses;
    }

    int accepted() {
        return events.size() + messages.size();
    }

    /** The ids of the senders' webhooks that were answered 2xx. */
    Set<String> events() {
        return Set.copyOf(events);
    }

    /** The ids of the published messages that were answered 2xx. */
    Set<String> messages() {
        return Set.copyOf(messages);
    }

    /** One sender: it has one webhook at a time. */
    private final class Sender {

        private final String name;
        private int number;

        Sender(String name) {
            this.name = name;
        }

        void send() {
            String id = name + "-" + number;
            byte[] body = ("{\"id\":\"" + id + "\",\"type\":\"load\"}").getBytes(UTF_8);
            accepted("/webhooks", body, "X-Webhook-Signature", PlainSignature.sign(Gateway.SECRET, body))
                    .ifPresent(answer -> {
                        events.add(id);
                        number++;
                    });
        }
    }

    private void publish() {
        String subject = prefix + "message-" + turns.get();
        byte[] body = ("{\"eventType\":\"load\",\"payload\":{\"subject\":\"" + subject + "\"}}").getBytes(UTF_8);
        accepted("/api/v1/app/" + application + "/msg", body, "Authorization", "Bearer " + Cluster.TOKEN)
                .ifPresent(answer -> messages.add(Gateway.json(answer).getString("id")));
    }

    /** The body of the answer, if it was 2xx. */
    private Optional<String> accepted(String path, byte[] body, String header, String value) {
        URI uri = URI.create(urls.get(turns.getAndIncrement() % urls.size()) + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_LIMIT)
                .header(header, value)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            count(answer.statusCode());
            if (answer.statusCode() < 500 && !isOfAServerThatStarts(answer)) {
                Gateway.violation(answer).ifPresent(violations::add);
            }
            return answer.statusCode() / 100 == 2 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            count(NO_ANSWER);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Before it has deployed Posthorn, it answers with a page of its own. */
    private static boolean isOfAServerThatStarts(HttpResponse<String> answer) {
        return answer.statusCode() == 404
                && !answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    }

    private void count(int status) {
        statuses.computeIfAbsent(status, unknown -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
