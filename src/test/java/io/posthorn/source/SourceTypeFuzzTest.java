package io.posthorn.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.fuzz.Sources;
import io.posthorn.signature.RequestHeaders;
import io.posthorn.signature.WebhookRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SourceTypeFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @Property(tries = 2_000)
    void whateverIsNotSignedIsRefused(
            @ForAll("types") String type,
            @ForAll("headers") Map<String, String> headers,
            @ForAll("bodies") byte[] body,
            @ForAll("texts") String url) {
        WebhookRequest request = new WebhookRequest(RequestHeaders.ofSingleValues(headers), body, url);

        assertThat(Sources.ofType(type).verifier().verify(request, NOW)).isFalse();
    }

    @Example
    void everyTypeIsTried() {
        List<String> aliases = SvixTypes.SENT_WITH_SVIX;

        assertThat(Sources.TYPES)
                .containsAll(SourceType.names()
                        .filter(type -> !aliases.contains(type))
                        .toList())
                .containsAnyElementsOf(aliases)
                .contains(SourceParser.UNVERIFIED, "custom");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(Sources.TYPES).filter(type -> !type.equals(Sources.UNVERIFIED));
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        return Arbitraries.maps(Arbitraries.of(Sources.HEADERS), Malformed.texts())
                .ofMaxSize(Sources.HEADERS.size());
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return Arbitraries.oneOf(
                Malformed.bytes(), Malformed.json(Sources.MEMBERS).map(json -> json.getBytes(UTF_8)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Malformed.texts();
    }
}
