package io.posthorn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetsTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.0.0/24, 192.168.0.0",
        "192.168.0.0/24, 192.168.0.255",
        "192.168.0.77/24, 192.168.0.1",
        "192.168.0.10, 192.168.0.10",
        "0.0.0.0/0, 8.8.8.8",
        "::1, ::1",
        "fc00::/7, fdff::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.0/120, 192.0.2.255",
        "::ffff:c000:200/120, 192.0.2.255"
    })
    void aBlockContainsItsAddresses(String block, String address) throws UnknownHostException {
        assertThat(Subnets.parse(block).contains(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.0.0/24, 192.168.1.0",
        "192.168.0.10, 192.168.0.11",
        "0.0.0.0/0, ::1",
        "::/0, 8.8.8.8",
        "fc00::/7, fe00::1",
        "::ffff:192.0.2.0/120, 192.0.3.0",
        "::ffff:0:0/95, 8.8.8.8"
    })
    void aBlockDoesNotContainOthers(String block, String address) throws UnknownHostException {
        assertThat(Subnets.parse(block).contains(InetAddress.getByName(address)))
                .isFalse();
    }

    @Test
    void aListContainsWhatAnyOfItsBlocksDoes() throws UnknownHostException {
        Subnets subnets = Subnets.parse("10.0.0.0/8, ::1");

        assertThat(subnets.contains(InetAddress.getByName("10.1.2.3"))).isTrue();
        assertThat(subnets.contains(InetAddress.getByName("::1"))).isTrue();
    }

    @Test
    void anAddressWithAZoneLiesInTheBlockOfTheAddress() throws UnknownHostException {
        InetAddress zoned =
                Inet6Address.getByAddress("", InetAddress.getByName("fe80::1").getAddress(), 1);

        assertThat(Subnets.parse("fe80::/10").contains(zoned)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:192.0.2.1", "::ffff:c000:201", "192.0.2.1"})
    void anAddressIsTheSameWithinOneOfIPv6(String text) {
        assertThat(Subnets.address(text)).hasValueSatisfying(address -> {
            assertThat(address.getHostAddress()).isEqualTo("192.0.2.1");
            assertThat(Subnets.parse("192.0.2.0/24").contains(address)).isTrue();
        });
    }

    @Test
    void noBlocksContainNothing() throws UnknownHostException {
        assertThat(Subnets.NONE.contains(InetAddress.getByName("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.0.0/33",
                "192.168.0.0/-1",
                "192.168.0.0/",
                "/24",
                "::/129",
                "2001:db8::1::2",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "10.0.0",
                "10",
                "167772160",
                "256.0.0.1",
                "10.0.0.*",
                "10.0.0.1-5",
                "10.0.0._",
                "1.2.3.4.5",
                "*",
                "*.lan",
                "10.0.0.0/255.0.0.0",
                "",
                " ",
                "10.0.0.0/8,",
                "localhost",
                "example.com",
                "10.0.0.0 /8",
                "[::1]",
                "10.0.0.0-10.0.0.9"
            })
    void whatIsNoPlainAddressOrBlockIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Subnets.parse(text));
    }

    @Test
    void theListInForceCanBeShown() {
        assertThat(Subnets.parse("10.0.0.0/8, ::1")).hasToString("10.0.0.0/8,::1");
    }
}
