package io.posthorn.config;

import java.net.URI;
import java.util.Optional;

/**
 * A proxy that deliveries go through.
 *
 * @param exceptions hosts that are reached without it
 */
public record ProxySettings(Kind kind, String host, int port, ProxyExceptions exceptions) {

    /** How the proxy is spoken to. */
    public enum Kind {
        HTTP,
        SOCKS5
    }

    private static final String KEY = "posthorn.delivery.proxy";
    private static final String ALLOWED = "http://host:port or socks5://host:port";

    private static final int DEFAULT_HTTP_PORT = 8080;
    private static final int DEFAULT_SOCKS_PORT = 1080;

    static Optional<ProxySettings> from(SettingReader reader) {
        ProxyExceptions exceptions = reader.parse(
                "posthorn.delivery.proxy-exceptions",
                ProxyExceptions.NONE,
                ProxyExceptions.ALLOWED,
                ProxyExceptions::parse);
        return reader.parse(KEY, Optional.empty(), ALLOWED, text -> Optional.of(parse(text, exceptions)));
    }

    private static ProxySettings parse(String text, ProxyExceptions exceptions) {
        if (text.indexOf('@') >= 0) {
            // A user, and then most likely a password, which must not reach the log.
            throw InvalidSettingException.ofSecret(KEY, ALLOWED + ", without a user");
        }
        URI uri = URI.create(text);
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return switch (scheme) {
            case "http" -> new ProxySettings(Kind.HTTP, uri.getHost(), port(uri, DEFAULT_HTTP_PORT), exceptions);
            case "socks5" -> new ProxySettings(Kind.SOCKS5, uri.getHost(), port(uri, DEFAULT_SOCKS_PORT), exceptions);
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static int port(URI uri, int defaultPort) {
        return uri.getPort() < 0 ? defaultPort : uri.getPort();
    }

    /** Whether a host is reached through the proxy. */
    public boolean isFor(String host) {
        return !exceptions.contains(host);
    }
}
