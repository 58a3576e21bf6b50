package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known answers that providers and their libraries have published; each carries its source. */
class ProviderVectorsTest {

    private static final Instant ANY_TIME = Instant.parse("2026-11-25T12:00:00Z");

    /** What the vectors name that is no provider of its own. */
    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            "standard-webhooks-v1a", Map.of("type", "standard-webhooks"),
            "generic-sha512-hex", Map.of("type", "custom", "header", "X-Convoy-Signature", "algorithm", "hmac-sha512"),
            "generic-sha512-base64",
                    Map.of(
                            "type",
                            "custom",
                            "header",
                            "X-Convoy-Signature",
                            "algorithm",
                            "hmac-sha512",
                            "encoding",
                            "base64"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aPublishedRequestIsJudgedAsItsSourceSays(Vector vector) {
        assertThat(vector.source().verifier().verify(vector.request(), vector.now()))
                .isEqualTo(vector.valid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validRequests")
    void aPublishedRequestWithAnotherBodyIsRefused(Vector vector) {
        WebhookRequest genuine = vector.request();
        byte[] changed = new String(genuine.body(), UTF_8)
                .replaceFirst("[0-9a-zA-Z](?=[^0-9a-zA-Z]*$)", "#")
                .getBytes(UTF_8);
        WebhookRequest tampered = new WebhookRequest(genuine.headers(), changed, genuine.url());

        assertThat(vector.source().verifier().verify(tampered, vector.now())).isFalse();
    }

    /** The others are handshakes, which {@code HandshakeVectorsTest} makes. */
    @Test
    void everyVectorIsUsed() {
        List<Vector> judged = requests().toList();

        assertThat(judged).hasSizeGreaterThan(30);
        assertThat(vectors().filter(vector -> !judged.contains(vector)))
                .allSatisfy(vector -> assertThat(vector.json()).containsKey("method"));
        assertThat(vectors()).doesNotHaveDuplicates();
    }

    static Stream<Vector> requests() {
        return vectors().filter(vector -> !vector.json().containsKey("method"));
    }

    static Stream<Vector> validRequests() {
        // The token of GitLab and the fields of Adyen and Mailgun leave parts of the body uncovered.
        return requests()
                .filter(Vector::valid)
                .filter(vector -> !vector.provider().startsWith("adyen-payments"));
    }

    private static Stream<Vector> vectors() {
        try (InputStream stream = ProviderVectorsTest.class.getResourceAsStream("vectors.json");
                JsonReader reader = Json.createReader(stream)) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(Vector::new);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Vector(JsonObject json) {

        String provider() {
            return json.getString("provider");
        }

        boolean valid() {
            return json.getString("expected").equals("valid");
        }

        Instant now() {
            JsonValue now = json.getOrDefault("now", JsonValue.NULL);
            return now == JsonValue.NULL
                    ? ANY_TIME
                    : Instant.ofEpochSecond(json.getJsonNumber("now").longValueExact());
        }

        Source source() {
            Map<String, String> values = new TreeMap<>(SETTINGS.getOrDefault(provider(), Map.of("type", provider())));
            values.put("secret", json.getString("secret"));
            return SourceOf.settings(values);
        }

        WebhookRequest request() {
            JsonObject given = json.getJsonObject("headers");
            Map<String, String> headers = new TreeMap<>();
            given.keySet().forEach(name -> headers.put(name, given.getString(name)));
            String body = json.getString("body");
            headers.putIfAbsent(
                    "Content-Type", body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded");
            return new WebhookRequest(
                    RequestHeaders.ofSingleValues(headers),
                    body.getBytes(UTF_8),
                    json.isNull("url") ? "" : json.getString("url"));
        }

        @Override
        public String toString() {
            return provider() + " " + json.getString("expected") + ": " + json.getString("source");
        }
    }
}
