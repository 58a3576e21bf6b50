package io.posthorn.config;

import java.net.InetAddress;

/**
 * The proxies in front of this server whose word for the client's address and the URL is taken.
 *
 * @param header which they set. The other one may be the client's own, as most proxies set one and pass the other through
 */
public record TrustedProxies(Subnets addresses, Header header) {

    /** In which words proxies tell it. */
    public enum Header {
        /** {@code Forwarded} where a request has none of the others, which are the ones that most proxies set. */
        EITHER,
        /** {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}. */
        X_FORWARDED_FOR,
        /** RFC 7239. */
        FORWARDED
    }

    static TrustedProxies from(SettingReader reader) {
        return new TrustedProxies(
                reader.parse("posthorn.inbound.trusted-proxies", Subnets.NONE, Subnets.ALLOWED, Subnets::parse),
                reader.parse(
                        "posthorn.inbound.forwarded-header",
                        Header.EITHER,
                        "X-Forwarded-For or Forwarded",
                        TrustedProxies::header));
    }

    private static Header header(String name) {
        if (name.equalsIgnoreCase("Forwarded")) {
            return Header.FORWARDED;
        }
        if (name.equalsIgnoreCase("X-Forwarded-For")) {
            return Header.X_FORWARDED_FOR;
        }
        throw new IllegalArgumentException(name);
    }

    public boolean contains(InetAddress address) {
        return addresses.contains(address);
    }
}
