package io.posthorn.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Known answers of the specification's and of Svix's own tests; each carries its source. */
class SignatureVectorsTest {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aPublishedRequestIsJudgedAsItsSourceSays(Vector vector) {
        SignatureVerifier scheme = DeclaredSignature.ofAny(
                StandardSignature.schemes(List.of("webhook")), List.of(vector.secret()), TOLERANCE);

        boolean genuine = scheme.verify(vector.request(), vector.now());

        assertThat(genuine).isEqualTo(vector.valid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validRequests")
    void aPublishedSignatureIsTheOneWeMake(Vector vector) {
        RequestHeaders headers = vector.request().headers();

        String signature = StandardSignature.sign(
                SigningSecret.parse(vector.secret()),
                headers.first("webhook-id").orElseThrow(),
                vector.now(),
                vector.request().body());

        assertThat(headers.first("webhook-signature").orElseThrow().split(" ", -1))
                .contains(signature);
    }

    /** The 18 bytes of this secret are fewer than we take, so the sum is done without {@link SigningSecret}. */
    @Test
    void theSignatureOfSvixsDocumentationIsTheSameSum() {
        Vector svix = vectors()
                .filter(vector -> vector.provider().equals("svix"))
                .findFirst()
                .orElseThrow();
        RequestHeaders headers = svix.request().headers();
        byte[] key = Base64.getDecoder().decode(svix.secret().substring("whsec_".length()));
        String signed =
                headers.first("webhook-id").orElseThrow() + "." + svix.now().getEpochSecond() + ".";

        byte[] mac = Hmac.sha256(key, signed.getBytes(UTF_8), svix.request().body());

        assertThat(headers.first("webhook-signature"))
                .contains("v1," + Base64.getEncoder().encodeToString(mac));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void aPublishedSecretIsTakenOrRefusedAsItsSourceSays(Vector vector) {
        assertThat(isUsable(vector.secret())).isEqualTo(vector.valid());
    }

    @Test
    void everyVectorIsUsed() {
        List<Vector> judged = Stream.concat(requests(), secrets()).toList();

        assertThat(judged).hasSize(10);
        assertThat(vectors().filter(vector -> !judged.contains(vector)))
                .singleElement()
                .satisfies(vector -> assertThat(vector.provider()).isEqualTo("svix"));
    }

    private static boolean isUsable(String secret) {
        try {
            SigningSecret.parse(secret);
            return true;
        } catch (UnusableSecretException refused) {
            return false;
        }
    }

    static Stream<Vector> requests() {
        return vectors().filter(vector -> vector.provider().equals("standard-webhooks"));
    }

    static Stream<Vector> validRequests() {
        return requests().filter(Vector::valid);
    }

    static Stream<Vector> secrets() {
        return vectors().filter(vector -> vector.provider().equals("endpoint-secret-format"));
    }

    private static Stream<Vector> vectors() {
        try (InputStream stream = SignatureVectorsTest.class.getResourceAsStream("vectors.json");
                JsonReader reader = Json.createReader(stream)) {
            return reader.readArray().getValuesAs(JsonObject.class).stream().map(Vector::new);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code svix-} headers are read as {@code webhook-} ones: the mathematics is the same. */
    record Vector(JsonObject json) {

        String provider() {
            return json.getString("provider");
        }

        String secret() {
            return json.getString("secret");
        }

        boolean valid() {
            return json.getString("expected").equals("valid");
        }

        Instant now() {
            return Instant.ofEpochSecond(json.getJsonNumber("now").longValueExact());
        }

        WebhookRequest request() {
            JsonObject given = json.getJsonObject("headers");
            Map<String, String> headers = new TreeMap<>();
            given.keySet().forEach(name -> headers.put(name.replaceFirst("^svix-", "webhook-"), given.getString(name)));
            return new WebhookRequest(
                    RequestHeaders.ofSingleValues(headers),
                    json.getString("body").getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return json.getString("expected") + ": " + json.getString("source");
        }
    }
}
