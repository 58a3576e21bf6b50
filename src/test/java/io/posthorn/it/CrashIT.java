package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import com.svix.models.MessageIn;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guarantee 1: what was answered 2xx survives {@code kill -9}. */
class CrashIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Much longer than anything takes that the timer need not find. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(15);

    @Test
    void withPayaraAndH2NothingThatWasAcceptedIsLost() throws Exception {
        acceptedWorkSurvives(ServerKind.PAYARA, "CrashPayaraH2", Map.of());
    }

    @Test
    void withWildFlyAndPostgresNothingThatWasAcceptedIsLost() throws Exception {
        acceptedWorkSurvives(ServerKind.WILDFLY, "CrashWildFlyPostgres", Postgres.newDatabase("crash"));
    }

    private static void acceptedWorkSurvives(ServerKind kind, String name, Map<String, String> database)
            throws Exception {
        Path notes = Files.createTempDirectory("posthorn-crash");
        Map<String, String> settings = new HashMap<>(database);
        settings.put(HoldingObserver.DIRECTORY, notes.toString());
        settings.put("posthorn.admin.token", "crash");
        settings.put("posthorn.sources.default.type", "generic");
        settings.put("posthorn.sources.default.secret", Gateway.SECRET);
        settings.put("posthorn.inbound.lease", "PT10S");
        settings.put("posthorn.inbound.max-concurrency", "2");
        settings.put("posthorn.delivery.timeout", "PT5S");
        settings.put("posthorn.delivery.lease-margin", "PT3S");
        settings.put("posthorn.delivery.poll-interval", POLL_INTERVAL.toString());
        settings.put("posthorn.delivery.retry-schedule", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1");
        settings.put("posthorn.delivery.https-only", "false");
        settings.put("posthorn.delivery.allowed-subnets", "127.0.0.0/8");
        try (ServerProcess server = new ServerProcess(kind, name, ExtendedWar.with(HoldingObserver.class), settings);
                Receiver receiver = new Receiver()) {
            // Given observers that do not come to an end, and an endpoint that is down
            Files.createFile(notes.resolve(HoldingObserver.HOLD));
            receiver.answer("/down", n -> 503);
            server.start();
            Gateway gateway = new Gateway(server.url(), "crash");
            Svix svix = gateway.svix();
            svix.getApplication().create(new ApplicationIn().name("a").uid("a"));
            svix.getEndpoint().create("a", new EndpointIn().url(URI.create(receiver.url("/down"))));

            // and a message that its endpoint has refused
            receiver.answer("/odd", n -> 400);
            String refused = publish(svix, "odd", receiver.url("/odd"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deadLetters(gateway)).containsExactly(refused));
            receiver.answer("/odd", n -> 200);

            aResendFollowsTheAttemptOnItsWay(gateway, svix, receiver);

            // and an event whose asynchronous observer is at work
            String later = Gateway.json(gateway.receive("/webhooks", "{\"id\":\"l\",\"type\":\"later\"}"))
                    .getString("id");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(lines(notes.resolve(HoldingObserver.STARTED_LATER)))
                            .containsExactly(later));

            // When webhooks and messages are accepted, and the server is killed in that instant
            List<String> accepted = IntStream.range(0, 10)
                    .mapToObj(i -> Gateway.json(gateway.receive("/webhooks", "{\"id\":\"" + i + "\",\"type\":\"t\"}"))
                            .getString("id"))
                    .toList();
            String message = svix.getMessage()
                    .create("a", new MessageIn().eventType("t").payload("{}"))
                    .getId();
            String once = createOnce(gateway);
            server.kill();

            // Then nothing else had been processed, and after the restart everything is, once
            assertThat(lines(notes.resolve(HoldingObserver.DONE))).containsExactly(later);
            Files.delete(notes.resolve(HoldingObserver.DONE));
            Files.delete(notes.resolve(HoldingObserver.HOLD));
            receiver.answer("/down", n -> 200);
            server.start();
            assertThat(createOnce(gateway)).isEqualTo(once);
            aDeadLetterIsThereToBeSentAgain(gateway, refused);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(lines(notes.resolve(HoldingObserver.DONE)))
                            .containsExactlyInAnyOrderElementsOf(accepted));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(lines(notes.resolve(HoldingObserver.DONE_LATER)))
                            .containsExactly(later));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(accepted)
                            .allMatch(id -> gateway.eventStatus(id).equals("PROCESSED")));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(svix.getMessageAttempt()
                                    .listByMsg("a", message)
                                    .getData())
                            .anyMatch(attempt -> attempt.getResponseStatusCode() == 200));
        }
    }

    /** The timer would find it as well, but later. */
    private static void aResendFollowsTheAttemptOnItsWay(Gateway gateway, Svix svix, Receiver receiver)
            throws Exception {
        for (String app : List.of("slow", "slower")) {
            String path = "/" + app;
            CountDownLatch asked = new CountDownLatch(1);
            receiver.answer(path, n -> after(asked));
            String message = publish(svix, app, receiver.url(path));
            await().atMost(LIMIT).until(() -> receiver.requestsTo(path).size() == 1);

            String resend = "/api/v1/app/" + app + "/msg/" + message + "/endpoint/e/resend";
            assertThat(gateway.manage("POST", resend, "").statusCode()).isEqualTo(202);
            asked.countDown();

            await().atMost(POLL_INTERVAL.dividedBy(3))
                    .until(() -> receiver.requestsTo(path).size() == 2);
        }
    }

    private static int after(CountDownLatch latch) {
        try {
            latch.await();
            return 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 500;
        }
    }

    private static void aDeadLetterIsThereToBeSentAgain(Gateway gateway, String message) {
        assertThat(deadLetters(gateway)).containsExactly(message);
        assertThat(metrics(gateway)).contains("posthorn_dead_letters_deliveries 1.0");
        String id = listed(gateway).get(0).getString("id");
        assertThat(gateway.manage("POST", "/api/v1/dead-letter/" + id + "/resend", "")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(metrics(gateway)).contains("posthorn_dead_letters_deliveries 0.0"));
        assertThat(deadLetters(gateway)).isEmpty();
    }

    private static List<String> metrics(Gateway gateway) {
        return gateway.send("GET", "/metrics").body().lines().toList();
    }

    /** The messages of the dead letters, whatever their application. */
    private static List<String> deadLetters(Gateway gateway) {
        return listed(gateway).stream().map(letter -> letter.getString("msgId")).toList();
    }

    private static List<JsonObject> listed(Gateway gateway) {
        return Gateway.json(gateway.manage("GET", "/api/v1/dead-letter", ""))
                .getJsonArray("data")
                .getValuesAs(JsonObject.class);
    }

    /** Publishes to an application and an endpoint that are made for it; the message's id. */
    private static String publish(Svix svix, String app, String url) throws Exception {
        svix.getApplication().create(new ApplicationIn().name(app).uid(app));
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create(url)).uid("e"));
        return svix.getMessage()
                .create(app, new MessageIn().eventType("t").payload("{}"))
                .getId();
    }

    /** Creates an application under a key: whoever repeats that gets the first answer. */
    private static String createOnce(Gateway gateway) {
        HttpResponse<String> answer =
                gateway.manage("POST", "/api/v1/app", "{\"name\":\"once\"}", Map.of("idempotency-key", "once"));
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.body();
    }

    private static List<String> lines(Path file) throws Exception {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
