package io.posthorn.inbound;

import io.posthorn.config.Subnets;
import io.posthorn.signature.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who sent a request, and to which URL. What {@code Forwarded} (RFC 7239) and {@code X-Forwarded-*} say counts only where
 * it comes from a trusted proxy.
 */
final class ClientRequest {

    private static final Pattern FORWARDED_FOR =
            Pattern.compile("(?i)for=\"?\\[?([0-9a-f.:]+?)]?(?::\\d+)?\"?(?:[;,]|$)");

    private ClientRequest() {}

    /**
     * The address of the sender: of those that forwarded the request, the last one that is not a trusted proxy.
     *
     * @param remote the address that the connection came from
     */
    static InetAddress address(String remote, RequestHeaders headers, Subnets trusted) {
        InetAddress client = parse(remote).orElseGet(InetAddress::getLoopbackAddress);
        List<String> forwarded = forwardedFor(headers);
        Collections.reverse(forwarded);
        for (String hop : forwarded) {
            Optional<InetAddress> address = parse(hop);
            if (!trusted.contains(client) || address.isEmpty()) {
                break;
            }
            client = address.get();
        }
        return client;
    }

    private static List<String> forwardedFor(RequestHeaders headers) {
        List<String> standard = headers.all("Forwarded").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(element -> FORWARDED_FOR.matcher(element.trim()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
        List<String> usual = headers.all("X-Forwarded-For").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::trim)
                .toList();
        return new ArrayList<>(standard.isEmpty() ? usual : standard);
    }

    private static Optional<InetAddress> parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return Subnets.address(bare);
    }

    /** The URL as the sender wrote it, its query untouched. */
    static String url(HttpServletRequest request, RequestHeaders headers, Subnets trusted) {
        boolean behindProxy =
                parse(request.getRemoteAddr()).filter(trusted::contains).isPresent();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String url = request.getRequestURL().toString();
        if (!behindProxy) {
            return url + query;
        }
        String scheme = headers.first("X-Forwarded-Proto").orElse(request.getScheme());
        String host = headers.first("X-Forwarded-Host")
                .or(() -> headers.first("Host"))
                .orElse(request.getServerName());
        String port = headers.first("X-Forwarded-Port")
                .filter(text -> host.indexOf(':') < 0 && !isDefault(scheme, text))
                .map(text -> ":" + text)
                .orElse("");
        return scheme + "://" + host + port + request.getRequestURI() + query;
    }

    private static boolean isDefault(String scheme, String port) {
        return port.equals(scheme.equals("https") ? "443" : "80");
    }
}
