package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.fuzz.Sources;
import io.posthorn.rest.StorableText;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import io.posthorn.source.SourceOf;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ArrivalParserFuzzTest {

    private static final Set<String> CREDENTIALS = Set.of("authorization", "x-gitlab-token", "x-vapi-secret");

    private static final Source HELD_TO_A_SCHEMA = SourceOf.settings(Map.of(
            "type",
            "generic",
            "secret",
            "s3cret",
            "schema",
            "{\"type\":[\"object\",\"array\"],\"additionalProperties\":{\"$ref\":\"#\"},\"items\":{\"$ref\":\"#\"}}"));

    @Property(tries = 1_000)
    void whateverArrivesIsReadAndCanBeStoredOrIsRefused(
            @ForAll("types") String type,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("bodies") byte[] body) {
        assertReadOrRefused(Sources.ofType(type), headers, body);
    }

    @Property
    void whateverArrivesMeetsASchemaOrIsRefused(@ForAll("bodies") byte[] body) {
        assertReadOrRefused(HELD_TO_A_SCHEMA, Map.of(), body);
    }

    @Property
    void headersAreKeptAsTheyCame(@ForAll("headers") Map<String, String> headers) {
        RequestHeaders given = RequestHeaders.ofSingleValues(headers);

        assertThat(StorableText.is(StoredHeaders.toJson(given, Set.of()))).isTrue();
        assertThat(StoredHeaders.fromJson(StoredHeaders.toJson(given, Set.of())))
                .isEqualTo(given.asMap().entrySet().stream()
                        .filter(header -> !CREDENTIALS.contains(header.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static void assertReadOrRefused(Source source, Map<String, String> headers, byte[] body) {
        try {
            Arrivals.parse(source, new WebhookRequest(RequestHeaders.ofSingleValues(headers), body))
                    .forEach(ArrivalParserFuzzTest::assertStorable);
        } catch (InboundException refused) {
            assertThat(refused.status()).isIn(400, 422);
        }
    }

    private static void assertStorable(Arrival arrival) {
        assertThat(StorableText.is(arrival.eventType())).isTrue();
        assertThat(StorableText.is(DedupeKey.of(arrival))).isTrue();
        assertThat(StorableText.is(StoredHeaders.toJson(arrival.headers(), Set.of())))
                .isTrue();
        arrival.occurredAt()
                .ifPresent(time -> assertThat(
                                time.withOffsetSameInstant(ZoneOffset.UTC).getYear())
                        .isBetween(1, 9999));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(Sources.TYPES);
    }

    /** As a server gives them: each byte is a letter. */
    @Provide
    Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> values = Malformed.texts().map(text -> new String(text.getBytes(UTF_8), ISO_8859_1));
        return Arbitraries.maps(Arbitraries.of(Sources.HEADERS), values).ofMaxSize(Sources.HEADERS.size());
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.oneOf(
                Malformed.bytes(), Malformed.json(Sources.MEMBERS).map(json -> json.getBytes(UTF_8)));
    }
}
