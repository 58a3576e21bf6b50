package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.posthorn.config.Subnets;
import io.posthorn.config.TrustedProxies;
import io.posthorn.fuzz.Sources;
import io.posthorn.rest.StorableText;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Whole requests to a source. The corpus holds them as text: the source's type, the headers, a blank line and the body.
 * The usual build tries the corpus; {@code mvn -Pfuzz} goes on from it, led by the branches that an input reaches.
 */
class ReceivingCorpusFuzzTest {

    private static final Subnets EVERYBODY = Subnets.parse("0.0.0.0/0,::/0");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @FuzzTest
    void aRequestIsReadOrRefused(byte[] data) {
        String text = new String(data, ISO_8859_1);
        int end = text.indexOf("\n\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
        byte[] body = (end < 0 ? "" : text.substring(end + 2)).getBytes(ISO_8859_1);
        RequestHeaders headers = headers(lines);
        Source source = source(lines[0]);
        WebhookRequest request = new WebhookRequest(headers, body, "https://shop.example/hooks");

        for (TrustedProxies.Header header : TrustedProxies.Header.values()) {
            assertThat(ClientRequest.address("192.0.2.1", headers, new TrustedProxies(EVERYBODY, header)))
                    .isNotNull();
        }
        assertThat(StoredHeaders.fromJson(StoredHeaders.toJson(headers, Set.of())))
                .isNotNull();
        assertThat(source.verifier().verify(request, NOW)).isIn(true, false);
        // In a corpus of requests, the body is as good a query as any.
        assertAnsweredOrRefused(() -> Handshakes.get(source, new String(body, ISO_8859_1)));
        assertAnsweredOrRefused(() -> Handshakes.post(source, request, NOW, lines[lines.length - 1]));
        try {
            Arrivals.parse(source, request).forEach(ReceivingCorpusFuzzTest::assertStorable);
        } catch (InboundException refused) {
            assertThat(refused.status()).isIn(400, 422);
        }
    }

    private static void assertAnsweredOrRefused(Supplier<Optional<HandshakeAnswer>> handshake) {
        try {
            assertThat(handshake.get()).isNotNull();
        } catch (InboundException refused) {
            assertThat(refused.status()).isIn(400, 401, 403);
        }
    }

    private static void assertStorable(Arrival arrival) {
        assertThat(StorableText.is(arrival.eventType())).isTrue();
        assertThat(StorableText.is(DedupeKey.of(arrival))).isTrue();
    }

    private static Source source(String type) {
        return Sources.ofType(Sources.TYPES.contains(type) ? type : "generic");
    }

    private static RequestHeaders headers(String... lines) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(":", 2);
            if (parts.length == 2) {
                headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
            }
        }
        return RequestHeaders.of(headers);
    }
}
