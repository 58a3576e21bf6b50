package io.posthorn.inbound;

import io.posthorn.config.Subnets;
import io.posthorn.config.TrustedProxies;
import io.posthorn.signature.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who sent a request, and to which URL. What proxies say counts only as far as they are trusted. */
final class ClientRequest {

    /** An address with a port, which IPv6 has behind brackets; the port may be hidden (RFC 7239, section 6). */
    private static final Pattern WITH_PORT =
            Pattern.compile("(?:\\[(?<six>[^\\[\\]]+)]|(?<four>[0-9.]+))(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    /** Stands for an address that cannot be read, which is nobody's, so nobody has to trust it. */
    private static final InetAddress UNREADABLE = Subnets.address("0.0.0.0").orElseThrow();

    private ClientRequest() {}

    /**
     * The address of the sender: of those that forwarded the request, the last one that is not a trusted proxy.
     *
     * @param remote the address that the connection came from
     */
    static InetAddress address(@Nullable String remote, RequestHeaders headers, TrustedProxies trusted) {
        return Path.of(remote, headers, trusted).client();
    }

    /** The URL as the sender wrote it, its query untouched. */
    static String url(HttpServletRequest request, RequestHeaders headers, TrustedProxies trusted) {
        int proxies = Path.of(request.getRemoteAddr(), headers, trusted).proxies();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        if (proxies == 0) {
            return request.getRequestURL() + query;
        }
        ProxyHeaders said = ProxyHeaders.of(headers, trusted.header());
        String scheme = ProxyHeaders.entry(said.schemes(), proxies).orElse(request.getScheme());
        String host = ProxyHeaders.entry(said.hosts(), proxies)
                .or(() -> headers.first("Host"))
                .orElse(request.getServerName());
        String port = ProxyHeaders.entry(said.ports(), proxies)
                .filter(text -> host.indexOf(':') < 0 && !isDefault(scheme, text))
                .map(text -> ":" + text)
                .orElse("");
        return scheme + "://" + host + port + request.getRequestURI() + query;
    }

    private static boolean isDefault(String scheme, String port) {
        return port.equals(scheme.equals("https") ? "443" : "80");
    }

    /**
     * The way that a request came, as far as it is known.
     *
     * @param proxies how many trusted ones it came through
     */
    private record Path(InetAddress client, int proxies) {

        static Path of(@Nullable String remote, RequestHeaders headers, TrustedProxies trusted) {
            Optional<InetAddress> connected = parse(remote);
            // Mostly nobody is trusted, and what the headers say need not be read.
            if (connected.filter(trusted::contains).isEmpty()) {
                return new Path(connected.orElse(UNREADABLE), 0);
            }
            InetAddress client = connected.get();
            List<String> hops = ProxyHeaders.of(headers, trusted.header()).hops();
            int proxies = 0;
            while (trusted.contains(client)) {
                proxies++;
                Optional<InetAddress> before =
                        proxies <= hops.size() ? parse(hops.get(hops.size() - proxies)) : Optional.empty();
                if (before.isEmpty()) {
                    break;
                }
                client = before.get();
            }
            return new Path(client, proxies);
        }

        private static Optional<InetAddress> parse(@Nullable String text) {
            if (text == null) {
                return Optional.empty();
            }
            Matcher withPort = WITH_PORT.matcher(text);
            if (!withPort.matches()) {
                return Subnets.address(text);
            }
            return Subnets.address(withPort.group("six") == null ? withPort.group("four") : withPort.group("six"));
        }
    }
}
