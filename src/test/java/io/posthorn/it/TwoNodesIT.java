package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import com.svix.models.MessageIn;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two servers of different makes on one PostgreSQL. */
class TwoNodesIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 100;
    private static final int ADMITTED = 20;
    private static final int STEPS = 40;
    private static final int ROUNDS = 10;
    private static final int COPIES = 8;

    /** More requests than the test makes with any other token. */
    private static final int REQUESTS_OF_A_TOKEN = 500;

    private static final int OF_A_RATE = 20;

    private static final String EVENTS_OF_DEFAULT = "/ingest/api/v1/source/default/event";

    @Test
    void twoNodesShareTheWorkWithoutDoingAnyOfItTwice() throws Exception {
        Map<String, String> settings = new HashMap<>(Postgres.newDatabase("two_nodes"));
        settings.put("posthorn.admin.token", "nodes");
        settings.put("posthorn.sources.default.type", "generic");
        settings.put("posthorn.sources.default.secret", Gateway.SECRET);
        settings.put("posthorn.sources.limited.type", "generic");
        settings.put("posthorn.sources.limited.secret", Gateway.SECRET);
        settings.put("posthorn.sources.limited.rate-limit", ADMITTED + "/1h");
        settings.put("posthorn.inbound.rate-limit-shared", "true");
        Path directory = Files.createTempDirectory("posthorn-nodes");
        Path notes = Files.createFile(directory.resolve("notes"));
        settings.put(OrderObserver.NOTES, notes.toString());
        Path lock = Files.createFile(directory.resolve("lock"));
        settings.put(OrderObserver.LOCK, lock.toString());
        settings.put("posthorn.sources.ordered.type", "generic");
        settings.put("posthorn.sources.ordered.secret", Gateway.SECRET);
        settings.put("posthorn.sources.ordered.order", "/customer");
        settings.put("posthorn.sources.graph.type", "ms-graph");
        settings.put("posthorn.sources.graph.secret", Gateway.SECRET);
        settings.put("posthorn.inbound.retry-schedule", "0.2,0.2");
        settings.put("posthorn.inbound.rate-limit", "off");
        settings.put("posthorn.api.rate-limit", REQUESTS_OF_A_TOKEN + "/24h");
        settings.put("posthorn.delivery.poll-interval", "PT0.2S");
        settings.put("posthorn.delivery.retry-schedule", "1" + ",1".repeat(59));
        settings.put("posthorn.delivery.timeout", "PT6S");
        settings.put("posthorn.delivery.lease-margin", "PT3S");
        settings.put("posthorn.delivery.circuit.pause", "0.2");
        settings.put("posthorn.delivery.https-only", "false");
        settings.put("posthorn.delivery.allowed-subnets", "127.0.0.0/8");
        Path war = ExtendedWar.with(OrderObserver.class);
        try (ServerProcess first = new ServerProcess(ServerKind.PAYARA, "TwoNodesPayara", war, settings);
                ServerProcess second = new ServerProcess(ServerKind.WILDFLY, "TwoNodesWildFly", war, settings);
                Receiver receiver = new Receiver()) {
            first.start();
            second.start();
            bothWarnOfAnObserverThatNobodyWaitsFor(first, second);
            Gateway one = new Gateway(first.url(), "nodes");
            Gateway two = new Gateway(second.url(), "nodes");
            Svix svixOfOne = one.svix();
            Svix svixOfTwo = two.svix();
            svixOfOne.getApplication().create(new ApplicationIn().name("a").uid("a"));
            svixOfTwo.getEndpoint().create("a", new EndpointIn().url(URI.create(receiver.url("/both"))));

            aRequestThatIsRepeatedOnTheOtherNodeIsAnsweredAsTheFirst(one, two);
            whoLeavesOnOneNodeHasLeftBoth(one, first.url(), second.url());
            copiesOfOneWebhookOnBothNodesMakeOneEvent(one, two);
            batchesWithTheSameEventsInBothOrdersAreTakenOnBothNodes(one, two);
            eventsOfOneCustomerAreDispatchedInOrderWhereverTheyCome(one, two, notes);
            anEventThatOneNodeIsAtWorkOnIsReplayedByNeither(one, two, notes, lock);

            aSourceOfAnEarlierReleaseIsRenamedOnOneNodeAndKnownOnBoth(one, two);

            bothNodesTogetherKeepARate(one, two);
            aChangedRateHoldsOnBothNodesAtOnce(one, two);
            bothNodesTogetherKeepTheRateOfAToken(one, first.url(), second.url());
            bothNodesTogetherKeepAThrottleRate(svixOfOne, svixOfTwo, receiver);

            // When both publish, every message arrives, and none twice
            List<String> published = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                published.add((i % 2 == 0 ? svixOfOne : svixOfTwo)
                        .getMessage()
                        .create("a", new MessageIn().eventType("t").payload("{\"i\":" + i + "}"))
                        .getId());
            }
            await().atMost(LIMIT).until(() -> receiver.requestsTo("/both").size() >= MESSAGES);
            assertThat(receiver.requestsTo("/both").stream().map(request -> request.header("Webhook-id")))
                    .containsExactlyInAnyOrderElementsOf(published);

            // When one node dies with deliveries that are to be retried, the other one makes them
            receiver.answer("/both", n -> 503);
            for (int i = 0; i < 10; i++) {
                svixOfOne
                        .getMessage()
                        .create("a", new MessageIn().eventType("t").payload("{}"));
            }
            await().atMost(LIMIT).until(() -> receiver.requestsTo("/both").size() >= MESSAGES + 1);
            first.kill();
            int refused = receiver.requestsTo("/both").size();
            receiver.answer("/both", n -> 200);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(receiver.requestsTo("/both").stream()
                                    .skip(refused)
                                    .map(request -> request.header("Webhook-id"))
                                    .distinct())
                            .hasSize(10));
        }
    }

    private static void bothWarnOfAnObserverThatNobodyWaitsFor(ServerProcess... servers) {
        assertThat(servers)
                .allSatisfy(server -> assertThat(server.log())
                        .filteredOn(line -> line.contains("returns before its work is done"))
                        .singleElement()
                        .asString()
                        .contains("OrderObserver.observeOnItsOwn(WebhookEvent)"));
    }

    private static void aRequestThatIsRepeatedOnTheOtherNodeIsAnsweredAsTheFirst(Gateway one, Gateway two) {
        Map<String, String> key = Map.of("idempotency-key", "once");
        HttpResponse<String> first = one.manage("POST", "/api/v1/app", "{\"name\":\"once\"}", key);
        HttpResponse<String> second = two.manage("POST", "/api/v1/app", "{\"name\":\"once\"}", key);

        assertThat(List.of(first.statusCode(), second.statusCode())).containsOnly(201);
        assertThat(second.body()).isEqualTo(first.body());
    }

    private static void whoLeavesOnOneNodeHasLeftBoth(Gateway one, String first, String second) {
        String token = Gateway.json(one.manage("POST", "/api/v1/auth/app-portal-access/a", "{}"))
                .getString("token");
        Gateway onOne = new Gateway(first, token);
        Gateway onTwo = new Gateway(second, token);
        assertThat(onTwo.manage("GET", "/api/v1/app/a", "").statusCode()).isEqualTo(200);

        assertThat(onOne.manage("POST", "/api/v1/auth/logout", "").statusCode()).isEqualTo(204);

        assertThat(onTwo.manage("GET", "/api/v1/app/a", "").statusCode()).isEqualTo(401);
    }

    private static void aSourceOfAnEarlierReleaseIsRenamedOnOneNodeAndKnownOnBoth(Gateway one, Gateway two) {
        String path = "/ingest/api/v1/source";
        one.manage(
                "POST",
                path,
                "{\"name\":\"shop\",\"uid\":\"shop\",\"type\":\"generic\",\"config\":{\"secret\":\"" + Gateway.SECRET
                        + "\"}}");
        Postgres.update("two_nodes", "UPDATE posthorn_source SET inbox = uid");
        String body = "{\"id\":\"1\",\"type\":\"t\"}";
        String id = Gateway.json(two.receive("/webhooks/shop", body)).getString("id");
        Postgres.update("two_nodes", "UPDATE posthorn_inbox_event SET source_name = NULL");

        two.manage("PATCH", path + "/shop", "{\"uid\":\"store\"}");

        assertThat(Gateway.json(one.receive("/webhooks/store", body)).getString("status"))
                .isEqualTo("duplicate");
        assertThat(Gateway.json(one.manage("GET", path + "/store/event/" + id, ""))
                        .getString("source"))
                .isEqualTo("store");
        assertThat(two.events("?source=store")).hasSize(1);
        assertThat(one.receive("/webhooks/shop", body).statusCode()).isEqualTo(404);
    }

    private static void copiesOfOneWebhookOnBothNodesMakeOneEvent(Gateway one, Gateway two) {
        String first = eventOfCopies(one, two);

        // And again when its window has ended, which both nodes find at once
        Postgres.update(
                "two_nodes",
                "UPDATE posthorn_inbox_key SET expires_at = CURRENT_TIMESTAMP - INTERVAL '1 second'"
                        + " WHERE dedupe_key = 'id:copy'");
        assertThat(eventOfCopies(one, two)).isNotEqualTo(first);
    }

    private static String eventOfCopies(Gateway one, Gateway two) {
        List<HttpResponse<String>> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> (i % 2 == 0 ? one : two).receive("/webhooks", "{\"id\":\"copy\",\"type\":\"t\"}"))
                .toList();
        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        assertThat(answers.stream().filter(answer -> answer.body().contains("received")))
                .hasSize(1);
        List<String> ids = answers.stream()
                .map(answer -> Gateway.json(answer).getString("id"))
                .distinct()
                .toList();
        assertThat(ids).hasSize(1);
        return ids.get(0);
    }

    /** Each of two transactions may come to hold what the other one waits for; the database then ends one of them. */
    private static void batchesWithTheSameEventsInBothOrdersAreTakenOnBothNodes(Gateway one, Gateway two) {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> items = items(round);
            List<String> reversed = inReverse(items);

            // The first copies meet in the keys that they insert, the later ones in the events that they count up
            List<List<String>> ids = IntStream.range(0, COPIES)
                    .parallel()
                    .mapToObj(i -> i % 2 == 0 ? taken(one, items) : inReverse(taken(two, reversed)))
                    .toList();

            assertThat(ids.stream().distinct())
                    .as("the ids of the events of each")
                    .hasSize(1);
            assertThat(ids.get(0)).doesNotHaveDuplicates().hasSize(items.size());
            assertThat(ids.get(0))
                    .allSatisfy(id -> assertThat(
                                    Gateway.json(one.manage("GET", "/ingest/api/v1/source/graph/event/" + id, ""))
                                            .getInt("duplicates"))
                            .isEqualTo(COPIES - 1));
        }
        assertThat(one.events("?source=graph&limit=250")).hasSize(ROUNDS * items(0).size());
    }

    private static List<String> items(int round) {
        return IntStream.range(0, 20)
                .mapToObj(i -> "{\"clientState\":\"" + Gateway.SECRET + "\",\"changeType\":\"created\",\"id\":\""
                        + round + "-" + i + "\"}")
                .toList();
    }

    /** The ids of the events of a request with several, in their order. */
    private static List<String> taken(Gateway node, List<String> items) {
        HttpResponse<String> answer = node.post(
                "/webhooks/graph", ("{\"value\":[" + String.join(",", items) + "]}").getBytes(UTF_8), Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Gateway.json(answer).getJsonArray("ids").getValuesAs(JsonString::getString);
    }

    private static List<String> inReverse(List<String> texts) {
        List<String> reversed = new ArrayList<>(texts);
        Collections.reverse(reversed);
        return reversed;
    }

    private static void aChangedRateHoldsOnBothNodesAtOnce(Gateway one, Gateway two) {
        one.manage(
                "POST",
                "/ingest/api/v1/source",
                "{\"name\":\"shop\",\"uid\":\"rated\",\"type\":\"generic\",\"config\":{\"secret\":\"" + Gateway.SECRET
                        + "\",\"rateLimit\":\"1/1h\"}}");
        assertThat(one.receive("/webhooks/rated", "{}").statusCode()).isEqualTo(200);
        assertThat(two.receive("/webhooks/rated", "{}").statusCode()).isEqualTo(429);

        one.manage("PATCH", "/ingest/api/v1/source/rated", "{\"config\":{\"rateLimit\":\"2/1h\"}}");

        HttpResponse<String> first = one.receive("/webhooks/rated", "{}");
        HttpResponse<String> second = two.receive("/webhooks/rated", "{}");
        assertThat(List.of(first, second)).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(List.of(first, second))
                .extracting(answer ->
                        answer.headers().firstValue("RateLimit-Remaining").orElse(""))
                .containsExactly("1", "0");
        assertThat(Integer.parseInt(
                        second.headers().firstValue("RateLimit-Reset").orElse("")))
                .isBetween(3_500, 3_600);
        assertThat(one.receive("/webhooks/rated", "{}").statusCode()).isEqualTo(429);
    }

    private static void bothNodesTogetherKeepTheRateOfAToken(Gateway one, String first, String second) {
        String token = Gateway.json(one.manage("POST", "/api/v1/auth/app-portal-access/a", "{}"))
                .getString("token");
        List<Gateway> nodes = List.of(new Gateway(first, token), new Gateway(second, token));

        List<Integer> answers = IntStream.range(0, REQUESTS_OF_A_TOKEN + 2 * ADMITTED)
                .parallel()
                .mapToObj(
                        i -> nodes.get(i % 2).manage("GET", "/api/v1/app/a", "").statusCode())
                .toList();

        assertThat(answers).containsOnly(200, 429);
        assertThat(answers.stream().filter(status -> status == 200)).hasSize(REQUESTS_OF_A_TOKEN);
    }

    private static void bothNodesTogetherKeepAThrottleRate(Svix one, Svix two, Receiver receiver) throws Exception {
        one.getApplication().create(new ApplicationIn().name("slow").uid("slow").throttleRate(10L));
        one.getEndpoint().create("slow", new EndpointIn().url(URI.create(receiver.url("/slow"))));

        long start = System.nanoTime();
        for (int i = 0; i < OF_A_RATE; i++) {
            (i % 2 == 0 ? one : two)
                    .getMessage()
                    .create("slow", new MessageIn().eventType("t").payload("{}"));
        }
        await().atMost(LIMIT).until(() -> receiver.requestsTo("/slow").size() >= OF_A_RATE);

        // What is late on its way only comes later, so this holds on a machine of any speed.
        List<Long> arrivals = receiver.requestsTo("/slow").stream()
                .map(request -> (request.nanos() - start) / 1_000_000)
                .sorted()
                .toList();
        assertThat(arrivals)
                .hasSize(OF_A_RATE)
                .allSatisfy(millis -> assertThat(millis).isGreaterThanOrEqualTo(100L * arrivals.indexOf(millis)));
    }

    private static void bothNodesTogetherKeepARate(Gateway one, Gateway two) {
        List<HttpResponse<String>> answers = IntStream.range(0, 3 * ADMITTED)
                .parallel()
                .mapToObj(i ->
                        (i % 2 == 0 ? one : two).receive("/webhooks/limited", "{\"id\":\"" + i + "\",\"type\":\"t\"}"))
                .toList();
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(ADMITTED);
        for (Gateway node : List.of(one, two)) {
            HttpResponse<String> refused = node.receive("/webhooks/limited", "{\"id\":\"late\",\"type\":\"t\"}");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, (int) Duration.ofHours(1).toSeconds() / ADMITTED);
        }
    }

    private static void eventsOfOneCustomerAreDispatchedInOrderWhereverTheyCome(Gateway one, Gateway two, Path notes)
            throws Exception {
        List<String> customers = List.of("anna", "bert", "cleo");
        for (int number = 1; number <= STEPS; number++) {
            for (String customer : customers) {
                HttpResponse<String> answer = (number % 2 == 0 ? one : two)
                        .receive(
                                "/webhooks/ordered",
                                "{\"id\":\"" + customer + number + "\",\"type\":\"" + OrderObserver.TYPE
                                        + "\",\"customer\":\"" + customer + "\",\"number\":" + number + "}");
                assertThat(answer.statusCode()).isEqualTo(200);
            }
        }
        for (String customer : customers) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(notesOf(customer, notes)).containsExactlyElementsOf(inOrder()));
        }
    }

    /** A retry that is under way has failed before, so whoever replays what has failed would find it. */
    private static void anEventThatOneNodeIsAtWorkOnIsReplayedByNeither(Gateway one, Gateway two, Path notes, Path lock)
            throws IOException {
        String id;
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            assertThat(held.isValid()).isTrue();
            id = Gateway.json(
                            one.receive("/webhooks", "{\"id\":\"held\",\"type\":\"" + OrderObserver.HELD_TYPE + "\"}"))
                    .getString("id");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(notesOf(id, notes)).containsExactly("begins"));

            for (Gateway node : List.of(one, two, one)) {
                assertThat(node.manage("POST", EVENTS_OF_DEFAULT + "/" + id + "/replay", "")
                                .statusCode())
                        .isEqualTo(409);
                replayWhatHasFailed(node);
            }
        }

        awaitProcessed(two, id, 0);
        assertThat(notesOf(id, notes)).containsExactly("begins");

        // What has succeeded is run again where it is asked for by name
        assertThat(two.manage("POST", EVENTS_OF_DEFAULT + "/" + id + "/replay", "")
                        .statusCode())
                .isEqualTo(202);
        awaitProcessed(one, id, 1);
        assertThat(notesOf(id, notes)).containsExactly("begins", "begins");
    }

    private static void replayWhatHasFailed(Gateway node) {
        HttpResponse<String> started =
                node.manage("POST", "/ingest/api/v1/source/default/replay", "{\"since\":\"2026-01-01T00:00:00Z\"}");
        assertThat(started.statusCode()).isEqualTo(202);
        String task = "/api/v1/background-task/" + Gateway.json(started).getString("id");
        await().atMost(LIMIT)
                .until(() -> Gateway.json(node.manage("GET", task, "")).getString("status"), "finished"::equals);
    }

    private static void awaitProcessed(Gateway node, String id, int replays) {
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonObject event = Gateway.json(node.manage("GET", EVENTS_OF_DEFAULT + "/" + id, ""));
            assertThat(event.getString("status")).isEqualTo("PROCESSED");
            assertThat(event.getInt("replays")).isEqualTo(replays);
        });
    }

    private static List<String> inOrder() {
        return IntStream.rangeClosed(1, STEPS)
                .boxed()
                .flatMap(number -> number % OrderObserver.FAILING == 0
                        ? Stream.of(number + " begins", number + " begins", number + " ends")
                        : Stream.of(number + " begins", number + " ends"))
                .toList();
    }

    private static List<String> notesOf(String customer, Path notes) throws IOException {
        return Files.readAllLines(notes).stream()
                .filter(note -> note.startsWith(customer))
                .map(note -> note.substring(customer.length() + 1))
                .toList();
    }
}
