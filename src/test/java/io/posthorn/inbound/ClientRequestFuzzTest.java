package io.posthorn.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.Subnets;
import io.posthorn.config.TrustedProxies;
import io.posthorn.fuzz.Malformed;
import io.posthorn.signature.RequestHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClientRequestFuzzTest {

    private static final Subnets EVERYBODY = Subnets.parse("0.0.0.0/0,::/0");
    private static final TrustedProxies OF_THE_USUAL_HEADER =
            new TrustedProxies(EVERYBODY, TrustedProxies.Header.X_FORWARDED_FOR);

    @Property
    void anAddressIsReadWhateverAProxySays(
            @ForAll("names") String name, @ForAll("texts") String value, @ForAll("texts") String remote) {
        RequestHeaders headers = RequestHeaders.of(Map.of(name, List.of(value, "192.0.2.1", value)));

        for (TrustedProxies.Header header : TrustedProxies.Header.values()) {
            assertThat(ClientRequest.address(remote, headers, new TrustedProxies(EVERYBODY, header)))
                    .isNotNull();
        }
    }

    @Property
    void whatIsNoAddressIsNotLookedUp(@ForAll("hexNames") String forwarder) {
        RequestHeaders headers = RequestHeaders.of(Map.of("X-Forwarded-For", List.of(forwarder)));

        InetAddress address = ClientRequest.address("192.0.2.1", headers, OF_THE_USUAL_HEADER);

        assertThat(address.getHostAddress()).isEqualTo("192.0.2.1");
    }

    @Property
    void aQueryIsReadHoweverItIsWritten(@ForAll("texts") String query, @ForAll("texts") String name) {
        assertThat(QueryString.first(query, name)).isNotNull();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("Forwarded", "X-Forwarded-For");
    }

    @Provide
    Arbitrary<String> texts() {
        return Malformed.texts();
    }

    /** Letters and points that could be an address, short of a part. */
    @Provide
    Arbitrary<String> hexNames() {
        return Arbitraries.of("dead", "beef", "7", "0", "255", "face", "010")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join(".", parts));
    }
}
