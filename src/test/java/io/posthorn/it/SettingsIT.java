package io.posthorn.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.svix.models.EndpointIn;
import com.svix.models.MessageOut;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** What settings other than the usual ones do. */
class SettingsIT extends StoryFixture {

    private static final int REQUESTS = 200;
    private static final String JWT_SECRET = "a secret that a Svix server has signed its tokens with";
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority("The installation's authority");

    @Override
    ServerKind kind() {
        return ServerKind.PAYARA;
    }

    @Override
    Map<String, String> database() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "posthorn.delivery.header-prefix", "svix",
                "posthorn.delivery.default-signature", "ed25519",
                "posthorn.delivery.proxy", receiver.url(""),
                "posthorn.delivery.proxy-exceptions", "localhost",
                "posthorn.retention.payload", "PT2S",
                "posthorn.retention.attempts", "PT4S",
                "posthorn.retention.interval", "PT0.5S",
                "posthorn.delivery.ca-file", file(AUTHORITY.pem()),
                "posthorn.api.rate-limit", REQUESTS + "/24h"));
        settings.put("posthorn.inbound.public-url", "https://hooks.example.com/in/");
        settings.put("posthorn.jwt.secret", JWT_SECRET);
        return settings;
    }

    private static String file(String text) {
        try {
            return Files.writeString(Files.createTempFile("ca", ".pem"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endpointsMayBeCertifiedByTheInstallationsAuthority() throws Exception {
        try (Receiver certified =
                new Receiver(CertificateAuthority.serverContext(AUTHORITY.issue("receiver"), AUTHORITY), false)) {
            String app = application();
            String path = path();
            svix.getEndpoint().create(app, new EndpointIn().url(URI.create(certified.url(path))));

            publish(app, "order.paid");

            await().atMost(SOON).until(() -> certified.requestsTo(path).size() == 1);
        }
    }

    @Test
    void whatIsFinishedIsRemovedInTime() throws Exception {
        String app = application();
        String path = path();
        endpoint(app, path);
        MessageOut message = publish(app, "order.paid");
        awaitRequests(path, 1);
        String url = "/api/v1/app/" + app + "/msg/" + message.getId();

        await().atMost(SOON)
                .until(() -> gateway.manage("GET", url, "").body().contains("\"payload\":{\"expired\":true}"));
        await().atMost(SOON).until(() -> gateway.manage("GET", url, "").statusCode() == 404);
    }

    @Test
    void aProcessedEventIsRemovedInTimeAndItsHistoryWithIt() {
        String id = Gateway.json(gateway.receive("/webhooks", "{\"id\":\"" + uid() + "\"}"))
                .getString("id");
        String url = "/ingest/api/v1/source/default/event/" + id;
        assertThat(gateway.manage("GET", url, "").statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> gateway.manage("GET", url, "").statusCode() == 404);
    }

    @Test
    void theHeadersAreThoseOfSvixAndTheKeyOfANewEndpointIsAPair() throws Exception {
        String app = application();
        String path = path();
        String endpoint = endpoint(app, path).getId();

        MessageOut message = publish(app, "order.paid");
        Receiver.Request request = awaitRequests(path, 1).get(0);

        assertThat(gateway.svix().getEndpoint().getSecret(app, endpoint).getKey())
                .startsWith("whpk_");
        assertThat(request.header("Svix-id")).isEqualTo(message.getId());
        assertThat(request.header("Svix-signature")).startsWith("v1a,");
        assertThat(request.headers()).doesNotContainKey("Webhook-id");
    }

    @Test
    void endpointsAreReachedThroughTheProxy() throws Exception {
        String app = application();
        String path = path();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://behind.the.proxy.example" + path)));

        publish(app, "order.paid");

        assertThat(awaitRequests(path, 1).get(0).header("Host")).isEqualTo("behind.the.proxy.example");
    }

    @Test
    void anAddressThatIsBlockedIsBlockedBehindAProxyToo() throws Exception {
        String app = application();
        svix.getEndpoint().create(app, new EndpointIn().url(URI.create("http://169.254.169.254/latest")));

        MessageOut message = publish(app, "order.paid");

        await().atMost(SOON).until(() -> !attempts(app, message).isEmpty());
        assertThat(attempts(app, message).get(0).getResponse()).startsWith("blocked: 169.254.169.254");
    }

    @Test
    void aSourceIsReachedUnderThePublicUrl() {
        JsonObject source = source(gateway);

        assertThat(source.getString("ingestUrl")).matches("https://hooks\\.example\\.com/in/webhooks/[\\w-]{32}");
        assertThat(Gateway.json(gateway.manage(
                                "POST", "/ingest/api/v1/source/" + source.getString("id") + "/token/rotate", ""))
                        .getString("ingestUrl"))
                .startsWith("https://hooks.example.com/in/webhooks/");
    }

    @Test
    void aSourceOfOneOrganizationIsNotThereForAnother() {
        String source = "/ingest/api/v1/source/" + source(gateway).getString("id");
        Gateway other = new Gateway(server.url(), jwt("org_2srOrx2ZWZBpBUvZwXKQmoEYga2"));

        assertThat(Gateway.json(other.manage("GET", "/ingest/api/v1/source", ""))
                        .getJsonArray("data"))
                .isEmpty();
        for (String path : List.of("", "/event", "/endpoint", "/event/evt_1")) {
            assertThat(other.manage("GET", source + path, "").statusCode()).isEqualTo(404);
        }
        assertThat(other.manage("GET", "/ingest/api/v1/source/default/event", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(other.manage("PATCH", source, "{\"name\":\"mine\"}").statusCode())
                .isEqualTo(404);
        assertThat(other.manage("POST", source + "/token/rotate", "").statusCode())
                .isEqualTo(404);
        assertThat(other.manage("DELETE", source, "").statusCode()).isEqualTo(404);
        assertThat(gateway.manage("GET", source, "").statusCode()).isEqualTo(200);
        String theirs = source(other).getString("id");
        assertThat(other.manage("GET", "/ingest/api/v1/source", "").body()).contains(theirs);
        assertThat(gateway.manage("GET", "/ingest/api/v1/source?limit=250", "").body())
                .doesNotContain(theirs);
    }

    private static JsonObject source(Gateway gateway) {
        return Gateway.json(
                gateway.manage("POST", "/ingest/api/v1/source", "{\"name\":\"shop\",\"type\":\"generic-webhook\"}"));
    }

    private static String jwt(String subject) {
        JsonWebSignature jwt = new JsonWebSignature();
        jwt.setAlgorithmHeaderValue("HS256");
        jwt.setKey(new SecretKeySpec(JWT_SECRET.getBytes(UTF_8), "HmacSHA256"));
        jwt.setPayload("{\"sub\":\"" + subject + "\"}");
        try {
            return jwt.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTokenMayMakeSoManyRequests() {
        String text = Gateway.json(gateway.manage("POST", "/api/v1/auth/token", "{\"name\":\"busy\"}"))
                .getString("token");
        Gateway busy = new Gateway(server.url(), text);
        IntStream.range(0, REQUESTS)
                .forEach(i -> assertThat(
                                busy.manage("GET", "/api/v1/app?limit=0", "").statusCode())
                        .isEqualTo(200));

        HttpResponse<String> refused = busy.manage("GET", "/api/v1/app", "");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"rate_limit\"");
        assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElse("")))
                .isBetween(1, 432);
    }
}
