package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.fuzz.Sources;
import io.posthorn.signature.PlainSignature;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever somebody sends in place of a handshake is answered, refused, or none. */
class HandshakesFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Property(tries = 2_000)
    void aGetIsAnsweredOrRefused(@ForAll("types") String type, @ForAll("queries") String query) {
        assertAnsweredOrRefused(() -> Handshakes.get(Sources.ofType(type), query));
    }

    @Property(tries = 2_000)
    void aPostIsAnsweredOrRefused(
            @ForAll("types") String type, @ForAll("queries") String query, @ForAll("bodies") byte[] body) {
        Source source = Sources.ofType(type);
        // Zoom's is looked into with the secret that has signed it.
        WebhookRequest request = new WebhookRequest(RequestHeaders.ofSingleValues(zoom(body)), body);

        assertThat(Handshakes.isUnsigned(source, query)).isIn(true, false);
        assertAnsweredOrRefused(() -> Handshakes.post(source, request, NOW, query));
    }

    private static Map<String, String> zoom(byte[] body) {
        String time = Long.toString(NOW.getEpochSecond());
        byte[] content = ("v0:" + time + ":").getBytes(UTF_8);
        byte[] signed = Arrays.copyOf(content, content.length + body.length);
        System.arraycopy(body, 0, signed, content.length, body.length);
        // The plain scheme is the same sum under another prefix.
        String signature = PlainSignature.sign(Sources.SECRET, signed).replaceFirst("sha256=", "v0=");
        return Map.of("x-zm-request-timestamp", time, "x-zm-signature", signature);
    }

    @Example
    void theSignatureOfZoomIsGenuine() {
        byte[] body = "{}".getBytes(UTF_8);

        assertThat(Sources.ofType("zoom")
                        .verifier()
                        .verify(new WebhookRequest(RequestHeaders.ofSingleValues(zoom(body)), body), NOW))
                .isTrue();
    }

    private static void assertAnsweredOrRefused(Supplier<Optional<HandshakeAnswer>> handshake) {
        try {
            handshake.get().ifPresent(answer -> {
                assertThat(answer.status()).isIn(200, 204);
                assertThat(answer.contentType().isPresent()).isEqualTo(answer.status() == 200);
            });
        } catch (InboundException refused) {
            assertThat(refused.status()).isIn(400, 401, 403);
        }
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(Sources.TYPES);
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> names = Arbitraries.of(
                "hub.mode", "hub.challenge", "hub.verify_token", "crc_token", "validationToken", "", "%", "a");
        Arbitrary<String> values = Arbitraries.oneOf(Malformed.texts(), Arbitraries.of("subscribe", "shown", "abc"));
        Arbitrary<String> pairs = Combinators.combine(names, Arbitraries.of("=", "", "=="), values)
                .as((name, equals, value) -> name + equals + value);
        return pairs.list().ofMaxSize(5).map(list -> String.join("&", list));
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> handshakes = Arbitraries.of(
                        "{\"type\":\"url_verification\",\"challenge\":%s}",
                        "{\"event\":\"endpoint.url_validation\",\"payload\":%s}",
                        "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":%s}}",
                        "{\"type\":%s}",
                        "{\"type\":1,\"event\":%s}")
                .flatMap(form -> Malformed.json(Sources.MEMBERS).map(json -> form.replace("%s", json)));
        return Arbitraries.oneOf(
                Malformed.bytes(),
                handshakes.map(json -> json.getBytes(UTF_8)),
                Malformed.json(Sources.MEMBERS).map(json -> json.getBytes(UTF_8)));
    }
}
