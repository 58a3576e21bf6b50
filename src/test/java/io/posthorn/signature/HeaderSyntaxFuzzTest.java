package io.posthorn.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HeaderSyntaxFuzzTest {

    private static final HeaderSyntax PAIRS = HeaderSyntax.pairs(",", "t", "v1");

    @Property
    void whateverIsReadStandsInTheHeader(@ForAll("texts") String text) {
        for (HeaderSyntax syntax : List.of(PAIRS, HeaderSyntax.whole(""), HeaderSyntax.whole("sha256="))) {
            HeaderSyntax.Parsed parsed = syntax.parse(text);

            parsed.signatures().forEach(signature -> assertThat(text).contains(signature));
            parsed.timestamp().ifPresent(time -> assertThat(text).contains(time));
        }
    }

    @Property
    void everySignatureAmongThePairsIsRead(@ForAll("tokens") List<String> signatures, @ForAll("texts") String other) {
        String header = "t=1," + other.replace(",", "") + ",v1=" + String.join(",v1=", signatures);

        assertThat(PAIRS.parse(header).signatures()).containsAll(signatures);
    }

    @Property
    void aSignatureInAnyEncodingIsReadOrNone(@ForAll("texts") String text) {
        for (SignatureEncoding encoding : SignatureEncoding.values()) {
            assertThat(encoding.decode(text)).isNotNull();
        }
        assertThat(TimestampUnit.S.read(text)).isNotNull();
    }

    @Provide
    Arbitrary<String> texts() {
        return Malformed.texts();
    }

    @Provide
    Arbitrary<List<String>> tokens() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(70)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
