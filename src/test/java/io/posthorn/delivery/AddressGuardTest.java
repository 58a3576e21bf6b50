package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.config.Subnets;
import io.posthorn.delivery.AddressGuard.BlockedAddressException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final String HOST = "hooks.example.com";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.255.255",
                "172.32.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:830::200e"
            })
    void aPublicAddressIsUsed(String address) throws UnknownHostException {
        assertThat(guard(Subnets.NONE, address).resolve(HOST)).containsExactly(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.10",
                "fc00::1",
                "fdff::1",
                "fec0::1",
                "100.64.0.1",
                "100.127.255.255"
            })
    void aPrivateAddressIsBlocked(String address) {
        assertBlocked(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.255", "::1", "0.0.0.0", "0.1.2.3", "::"})
    void thisVeryMachineIsBlocked(String address) {
        assertBlocked(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "169.254.0.1", "fe80::1", "febf::1"})
    void aLinkLocalAddressIsBlocked(String address) {
        assertBlocked(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "ff02::1"})
    void aMulticastOrReservedAddressIsBlocked(String address) {
        assertBlocked(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "100::1",
                "2001::1",
                "2001:1ff::1",
                "2001:db8::1"
            })
    void anAddressForDocumentsOrTestsIsBlocked(String address) {
        assertBlocked(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "::ffff:0:7f00:1"
            })
    void anIpv4AddressInsideAnIpv6OneIsBlocked(String address) {
        assertBlocked(address);
    }

    @Test
    void aMappedAddressThatTheResolverKeepsAsIpv6IsBlocked() throws UnknownHostException {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;

        assertBlocked(Inet6Address.getByAddress("", mapped, -1));
    }

    @Test
    void aLinkLocalAddressWithAZoneIsBlocked() throws UnknownHostException {
        assertBlocked(
                Inet6Address.getByAddress("", InetAddress.getByName("fe80::1").getAddress(), 1));
    }

    @Test
    void ofAMixedAnswerOnlyThePublicAddressIsUsed() throws UnknownHostException {
        AddressGuard guard = guard(Subnets.NONE, "127.0.0.1", "8.8.8.8", "::1");

        assertThat(guard.resolve(HOST)).containsExactly(InetAddress.getByName("8.8.8.8"));
    }

    @Test
    void anAllowedSubnetIsLetThrough() throws UnknownHostException {
        AddressGuard guard = guard(Subnets.parse("192.168.0.0/24"), "192.168.0.10");

        assertThat(guard.resolve(HOST)).containsExactly(InetAddress.getByName("192.168.0.10"));
    }

    @Test
    void whatLiesBesideTheAllowedSubnetStaysBlocked() throws UnknownHostException {
        AddressGuard guard = guard(Subnets.parse("192.168.0.0/24"), "192.168.1.10", "169.254.169.254");

        assertThatThrownBy(() -> guard.resolve(HOST)).isInstanceOf(BlockedAddressException.class);
    }

    @Test
    void whatTheClientAsksForWithAPortIsGuardedToo() throws UnknownHostException {
        assertThat(guard(Subnets.NONE, "127.0.0.1", "8.8.8.8").resolve(HOST, 443))
                .containsExactly(new InetSocketAddress(InetAddress.getByName("8.8.8.8"), 443));
        assertThatThrownBy(() -> guard(Subnets.NONE, "127.0.0.1").resolve(HOST, 443))
                .isInstanceOf(BlockedAddressException.class);
    }

    @Test
    void aNameIsLookedUpAgainForEveryAttempt() throws UnknownHostException {
        SwitchingResolver resolver = new SwitchingResolver("8.8.8.8", "127.0.0.1");
        AddressGuard guard = new AddressGuard(Subnets.NONE, resolver);

        assertThat(guard.resolve(HOST)).containsExactly(InetAddress.getByName("8.8.8.8"));
        assertThatThrownBy(() -> guard.resolve(HOST)).isInstanceOf(BlockedAddressException.class);
    }

    @Test
    void aFailedLookUpIsNotTakenForAllowed() {
        AddressGuard guard = new AddressGuard(Subnets.parse("0.0.0.0/0,::/0"), new SwitchingResolver());

        assertThatThrownBy(() -> guard.resolve(HOST))
                .isExactlyInstanceOf(UnknownHostException.class)
                .hasMessage(HOST);
    }

    @Test
    void aBlockSaysWhichHostWhichAddressesAndWhichSetting() throws UnknownHostException {
        AddressGuard guard = guard(Subnets.parse("10.0.0.0/8"), "127.0.0.1", "192.168.0.10");

        assertThatThrownBy(() -> guard.resolve(HOST))
                .hasMessage(
                        "blocked: hooks.example.com resolves to 127.0.0.1, 192.168.0.10, outside the public internet;"
                                + " posthorn.delivery.allowed-subnets is now \"10.0.0.0/8\"");
    }

    private static void assertBlocked(String address) {
        assertThatThrownBy(() -> guard(Subnets.NONE, address).resolve(HOST))
                .isInstanceOf(BlockedAddressException.class);
    }

    private static void assertBlocked(InetAddress address) {
        AddressGuard guard = new AddressGuard(Subnets.NONE, new FixedResolver(address));

        assertThatThrownBy(() -> guard.resolve(HOST)).isInstanceOf(BlockedAddressException.class);
    }

    private static AddressGuard guard(Subnets allowed, String... addresses) throws UnknownHostException {
        InetAddress[] answer = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            answer[i] = InetAddress.getByName(addresses[i]);
        }
        return new AddressGuard(allowed, new FixedResolver(answer));
    }

    /** Answers every look-up with the same addresses. */
    private static final class FixedResolver implements DnsResolver {

        private final InetAddress[] answer;

        FixedResolver(InetAddress... answer) {
            this.answer = answer;
        }

        @Override
        public InetAddress[] resolve(String host) {
            return answer.clone();
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /** Answers each look-up with the next address, and then with none. */
    private static final class SwitchingResolver implements DnsResolver {

        private final String[] answers;
        private int lookUps;

        SwitchingResolver(String... answers) {
            this.answers = Arrays.copyOf(answers, answers.length);
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (lookUps == answers.length) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName(answers[lookUps++])};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
