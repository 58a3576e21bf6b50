package io.posthorn.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.StorableText;
import java.net.URI;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EndpointUrlFuzzTest {

    @Property(tries = 1_000)
    void aTextIsAUrlInItsNormalFormOrRefused(@ForAll("urls") String text) {
        try {
            String url = EndpointUrl.normalise("url", text, false);

            assertThat(WebHost.of(URI.create(url)).orElse("")).isNotBlank();
            assertThat(url).matches("https?://[\\x21-\\x7E]+").satisfies(normal -> StorableText.is(normal));
            assertThat(EndpointUrl.normalise("url", url, false)).isEqualTo(url);
        } catch (ApiException refused) {
            assertThat(refused.status()).isEqualTo(422);
        }
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> texts = Malformed.texts();
        Arbitrary<String> url = Combinators.combine(
                        Arbitraries.of("http://", "https://", "HTTP://", "ftp://", ""),
                        Arbitraries.oneOf(
                                texts,
                                Arbitraries.of(
                                        "localhost", "[::1]", "a.example", "xn--a", "münchen.de", "a_b", "0x7f.1")),
                        Arbitraries.oneOf(Arbitraries.just(""), texts.map(port -> ":" + port)),
                        Arbitraries.oneOf(Arbitraries.just(""), texts.map(path -> "/" + path)),
                        Arbitraries.oneOf(Arbitraries.just(""), texts.map(query -> "?" + query)))
                .as((scheme, host, port, path, query) -> scheme + host + port + path + query);
        return Arbitraries.oneOf(url, texts);
    }
}
