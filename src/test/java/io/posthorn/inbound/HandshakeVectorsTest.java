package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.json.StrictJson;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The handshakes that providers have published, with their answers; each carries its source. */
class HandshakeVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aPublishedHandshakeIsAnsweredAsItsSourceSays(Vector vector) {
        HandshakeAnswer answer = vector.answer().orElseThrow();

        assertThat(answer.status()).isEqualTo(200);
        if (vector.json().containsKey("expected_response")) {
            assertThat(answer.contentType()).contains("application/json");
            assertThat(StrictJson.parse(answer.text())).isEqualTo(vector.json().getJsonObject("expected_response"));
        } else {
            assertThat(answer.contentType()).contains("text/plain;charset=utf-8");
            assertThat(answer.text()).isEqualTo(vector.json().getString("expected_response_text"));
        }
    }

    @Test
    void thereAreThreeOfThem() {
        assertThat(vectors().map(Vector::type)).containsExactlyInAnyOrder("twitter", "slack", "meta");
    }

    @Test
    void aVerifyTokenOfAnotherIsRefused() {
        Source source = SourceOf.settings(Map.of("type", "meta", "secret", "s3cret", "verify-token", "shown"));

        assertThat(Handshakes.get(source, "hub.mode=subscribe&hub.challenge=1&hub.verify_token=shown"))
                .contains(HandshakeAnswer.ofText("1"));
        assertThatThrownBy(() -> Handshakes.get(source, "hub.mode=subscribe&hub.challenge=1&hub.verify_token=s3cret"))
                .isInstanceOf(InboundException.class)
                .hasMessage("Wrong verify token");
    }

    static Stream<Vector> vectors() {
        try (InputStream stream = SourceOf.class.getResourceAsStream("vectors.json");
                JsonReader reader = Json.createReader(stream)) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .filter(json -> json.containsKey("method"))
                    .map(Vector::new);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    record Vector(JsonObject json) {

        String type() {
            String provider = json.getString("provider");
            return provider.substring(0, provider.indexOf('-'));
        }

        Optional<HandshakeAnswer> answer() {
            // The one of Slack is published without a secret: what is signed, others have verified.
            String secret = json.isNull("secret") ? "any" : json.getString("secret");
            Source source = SourceOf.settings(Map.of("type", type(), "secret", secret));
            return json.getString("method").equals("GET")
                    ? Handshakes.get(source, json.getString("url").split("\\?", 2)[1])
                    : Handshakes.post(source, request(), NOW, null);
        }

        private WebhookRequest request() {
            return new WebhookRequest(
                    RequestHeaders.ofSingleValues(Map.of()),
                    json.getString("body").getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return json.getString("provider") + ": " + json.getString("source");
        }
    }
}
