package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SubnetsFuzzTest {

    @Property
    void aTextIsAListOfBlocksOrRefused(@ForAll("texts") String text) {
        try {
            assertThat(Subnets.parse(text)).isNotEqualTo(Subnets.NONE);
        } catch (IllegalArgumentException expected) {
            assertThat(text).hasToString(text);
        }
    }

    @Property
    void aTextIsAnAddressOrNone(@ForAll("texts") String text) {
        Subnets.address(text)
                .ifPresent(address -> assertThat(
                                Subnets.parse(address.getHostAddress()).contains(address))
                        .isTrue());
    }

    @Property
    void anAddressIsReadAndLiesInItsBlocks(@ForAll("addresses") byte[] bytes, @ForAll @IntRange(max = 32) int prefix)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);

        assertThat(Subnets.address(address.getHostAddress())).contains(address);
        assertThat(Subnets.parse(address.getHostAddress() + "/" + prefix).contains(address))
                .isTrue();
    }

    @Provide
    Arbitrary<String> texts() {
        return Malformed.texts();
    }

    @Provide
    Arbitrary<byte[]> addresses() {
        return Arbitraries.of(4, 16)
                .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size));
    }
}
