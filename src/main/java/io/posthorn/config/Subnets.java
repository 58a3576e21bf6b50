package io.posthorn.config;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A set of IP addresses, written as a comma list of addresses and CIDR blocks: {@code 10.0.0.0/8,::1}. */
public final class Subnets {

    public static final String ALLOWED = "a comma list of IP addresses and CIDR blocks, such as 192.168.0.0/24,::1";

    public static final Subnets NONE = new Subnets(List.of());

    /** Of the IPv6 block of all mapped IPv4 addresses (RFC 4291, 2.5.5.2). */
    private static final int MAPPED_PREFIX = 96;

    // Only the plain notations: no wildcards, no octal, no missing segments, so that a typing error is an error.
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowWildcardedSeparator(false)
            .allowAll(false)
            .allowEmpty(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .toParams();

    private final List<IPAddress> blocks;

    private Subnets(List<IPAddress> blocks) {
        this.blocks = blocks;
    }

    public static Subnets parse(String text) {
        return of(text.split(",", -1));
    }

    public static Subnets of(String... blocks) {
        return new Subnets(Arrays.stream(blocks).map(Subnets::parseBlock).toList());
    }

    /**
     * The address that a text spells; empty if it spells none. No name is looked up. An IPv4 address that is written within
     * an IPv6 one ({@code ::ffff:192.0.2.1}) is itself.
     */
    public static Optional<InetAddress> address(String text) {
        IPAddressString spelt = new IPAddressString(text, STRICT);
        return spelt.isPrefixed()
                ? Optional.empty()
                : Optional.ofNullable(spelt.getAddress()).map(Subnets::plain);
    }

    private static InetAddress plain(IPAddress address) {
        try {
            return InetAddress.getByAddress(address.getBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Addresses have 4 or 16 bytes", e);
        }
    }

    public boolean contains(InetAddress address) {
        if (blocks.isEmpty()) {
            return false;
        }
        IPAddress ip = new IPAddressGenerator().from(address);
        return blocks.stream().anyMatch(block -> block.contains(ip));
    }

    /** Senders are compared by the IPv4 address that such a one stands for. The block of all of them stays what it is. */
    private static boolean isOfMappedIpv4(IPAddress block) {
        return block.isIPv6()
                && block.toIPv6().isIPv4Mapped()
                && (!block.isPrefixed() || block.getNetworkPrefixLength() > MAPPED_PREFIX);
    }

    private static IPAddress parseBlock(String text) {
        try {
            IPAddress block =
                    new IPAddressString(text.trim(), STRICT).toAddress().toPrefixBlock();
            return isOfMappedIpv4(block) ? block.toIPv6().getEmbeddedIPv4Address() : block;
        } catch (AddressStringException | IncompatibleAddressException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public String toString() {
        return String.join(",", blocks.stream().map(IPAddress::toString).toList());
    }
}
