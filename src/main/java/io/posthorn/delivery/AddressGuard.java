package io.posthorn.delivery;

import io.posthorn.config.DeliverySettings;
import io.posthorn.config.Subnets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves a host to those of its addresses that may be delivered to. The client connects to the very addresses that
 * come out of here, so that a name cannot be bound to another one between check and use.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA special-purpose addresses</a>
 */
final class AddressGuard implements DnsResolver {

    /** Private, loopback, link-local, multicast and reserved; those that embed an IPv4 address are blocked as a whole. */
    private static final Subnets BLOCKED = Subnets.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "::ffff:0:0/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private final Subnets allowed;
    private final DnsResolver resolver;

    AddressGuard(Subnets allowed) {
        this(allowed, SystemDefaultDnsResolver.INSTANCE);
    }

    AddressGuard(Subnets allowed, DnsResolver resolver) {
        this.allowed = allowed;
        this.resolver = resolver;
    }

    /** @throws BlockedAddressException if none of the host's addresses may be delivered to */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        InetAddress[] usable = Arrays.stream(addresses).filter(this::isAllowed).toArray(InetAddress[]::new);
        if (usable.length == 0) {
            throw new BlockedAddressException(host, addresses, allowed);
        }
        return usable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolver.resolveCanonicalHostname(host);
    }

    private boolean isAllowed(InetAddress address) {
        return !BLOCKED.contains(address) || allowed.contains(address);
    }

    /** Says which host and addresses were blocked, and which setting lets them through. */
    static final class BlockedAddressException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        BlockedAddressException(String host, InetAddress[] addresses, Subnets allowed) {
            super("blocked: " + host + " resolves to "
                    + String.join(
                            ", ",
                            Arrays.stream(addresses)
                                    .map(InetAddress::getHostAddress)
                                    .toList())
                    + ", outside the public internet; " + DeliverySettings.ALLOWED_SUBNETS + " is now \"" + allowed
                    + "\"");
        }
    }
}
