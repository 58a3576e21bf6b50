package io.posthorn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.Svix;
import com.svix.models.ApplicationIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.OperationalWebhookEndpointIn;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A running Posthorn, an endpoint's receiver, and the steps that stories share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoryFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final int MAX_BODY = 65_536;
    static final int MAX_API_BODY = 2 * MAX_BODY;
    static final Duration DISABLE_AFTER = Duration.ofSeconds(3);
    static final Duration PAUSE = Duration.ofMillis(300);
    /** Longer than a busy machine stands still, or an attempt that arrived would be made once more. */
    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(6);

    final Receiver receiver = new Receiver();
    ServerProcess server;
    Gateway gateway;
    Svix svix;

    abstract ServerKind kind();

    /** The settings of the database; none for the embedded one. */
    abstract Map<String, String> database();

    @BeforeAll
    void startServer() {
        Map<String, String> settings = new HashMap<>(database());
        settings.put("posthorn.sources.default.type", "generic");
        settings.put("posthorn.sources.default.secret", Gateway.SECRET);
        settings.put("posthorn.sources.standard.type", "standard-webhooks");
        settings.put("posthorn.sources.standard.secret", SECRET);
        settings.put("posthorn.inbound.rate-limit", "off");
        settings.putAll(InboundStories.sources());
        settings.putAll(ReceivingStories.sources());
        settings.putAll(ForwardingStories.sources());
        settings.putAll(MalformedStories.sources());
        settings.put("posthorn.inbound.max-body-size", Integer.toString(MAX_BODY));
        settings.put("posthorn.api.max-body-size", Integer.toString(MAX_API_BODY));
        settings.putIfAbsent("posthorn.delivery.retry-schedule", "0.2,0.2");
        settings.put("posthorn.delivery.poll-interval", "PT0.2S");
        settings.put("posthorn.delivery.overload-penalty", "0.1");
        settings.put("posthorn.delivery.circuit.pause", Double.toString(PAUSE.toMillis() / 1000.0));
        settings.put("posthorn.delivery.timeout", ATTEMPT_TIMEOUT.toString());
        settings.put("posthorn.delivery.disable-after", DISABLE_AFTER.toString());
        settings.put("posthorn.delivery.https-only", "false");
        settings.put("posthorn.delivery.allowed-subnets", "127.0.0.0/8,::1");
        server = new ServerProcess(kind(), getClass().getSimpleName(), ServerProcess.posthornWar(), settings)
                .withAccessLog()
                .start();
        gateway = new Gateway(server.url(), server.generatedToken());
        svix = gateway.svix();
    }

    @AfterAll
    void stopServer() {
        server.close();
        receiver.close();
    }

    static String uid() {
        return "u" + UUID.randomUUID();
    }

    static String path() {
        return "/" + UUID.randomUUID();
    }

    String application() {
        try {
            return svix.getApplication()
                    .create(new ApplicationIn().name("test"))
                    .getId();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    EndpointOut endpoint(String app, String path) {
        try {
            return svix.getEndpoint().create(app, new EndpointIn().url(URI.create(receiver.url(path))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Has an endpoint's deliveries tried again for as long as a test may need, rather than twice within half a second. */
    void triedForLong(String app, String endpoint) {
        retriedAfter(app, endpoint, "0.2" + ",0.2".repeat(49));
    }

    /** @param delays in seconds */
    void retriedAfter(String app, String endpoint, String delays) {
        String schedule = "/api/v1/app/" + app + "/endpoint/" + endpoint + "/retry-schedule";
        assertThat(gateway.manage("PUT", schedule, "{\"delays\":[" + delays + "]}")
                        .statusCode())
                .isEqualTo(204);
    }

    MessageOut publish(String app, String eventType) throws Exception {
        return svix.getMessage()
                .create(app, new MessageIn().eventType(eventType).payload("{\"a\":1}"));
    }

    /** Waits for a request to a path that fails, so that there may soon be more of them. */
    void awaitFailure(String path) {
        await().atMost(SOON).until(() -> !receiver.requestsTo(path).isEmpty());
    }

    /** Waits for that many requests to the path, when there must not be more. */
    List<Receiver.Request> awaitRequests(String path, int count) {
        await().atMost(SOON).until(() -> receiver.requestsTo(path).size() >= count);
        List<Receiver.Request> requests = receiver.requestsTo(path);
        assertThat(requests).hasSize(count);
        return requests;
    }

    /** Has operational webhooks sent to a path, until it is deleted; gives its id. */
    String listener(String path) throws Exception {
        return svix.getOperationalWebhookEndpoint()
                .create(new OperationalWebhookEndpointIn().url(URI.create(receiver.url(path))))
                .getId();
    }

    /** What the operational webhooks that came to a path say of an endpoint: their data by their type. */
    Map<String, JsonObject> told(String path, String endpoint) {
        return operational(path, endpoint)
                .collect(Collectors.toMap(
                        event -> event.getString("type"), event -> event.getJsonObject("data"), (first, next) -> next));
    }

    /** The types of the operational webhooks of an endpoint that came to a path. */
    List<String> toldTypes(String path, String endpoint) {
        return operational(path, endpoint).map(event -> event.getString("type")).toList();
    }

    private Stream<JsonObject> operational(String path, String endpoint) {
        return receiver.requestsTo(path).stream()
                .map(request -> Gateway.json(request.text()))
                .filter(event ->
                        event.getJsonObject("data").getString("endpointId").equals(endpoint))
                .peek(event ->
                        assertThat(SvixContract.OPERATIONS.violation(event)).isEmpty());
    }

    /** Waits for that many recorded attempts of a message, newest first, and for there to be no more of them. */
    List<MessageAttemptOut> awaitAttempts(String app, MessageOut message, int count) throws Exception {
        await().during(Duration.ofMillis(700))
                .atMost(SOON)
                .until(() -> attempts(app, message).size() == count);
        return attempts(app, message);
    }

    List<MessageAttemptOut> attempts(String app, MessageOut message) throws Exception {
        return svix.getMessageAttempt().listByMsg(app, message.getId()).getData();
    }
}
