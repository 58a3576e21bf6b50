package io.posthorn.inbound;

import io.posthorn.config.TrustedProxies;
import io.posthorn.signature.RequestHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What proxies say of a request that they pass on. Each of them adds to the end, so the last entries are from those that are
 * nearest, and what is in front of these may be the client's own.
 *
 * @param hops addresses that the request came from
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239, Forwarded</a>
 */
record ProxyHeaders(List<String> hops, List<String> schemes, List<String> hosts, List<String> ports) {

    private static final ProxyHeaders NONE = new ProxyHeaders(List.of(), List.of(), List.of(), List.of());

    static ProxyHeaders of(RequestHeaders headers, TrustedProxies.Header header) {
        ProxyHeaders usual = new ProxyHeaders(
                list(headers, "X-Forwarded-For"),
                list(headers, "X-Forwarded-Proto"),
                list(headers, "X-Forwarded-Host"),
                list(headers, "X-Forwarded-Port"));
        return switch (header) {
            case X_FORWARDED_FOR -> usual;
            case FORWARDED -> standard(headers);
            case EITHER -> usual.equals(NONE) ? standard(headers) : usual;
        };
    }

    private static ProxyHeaders standard(RequestHeaders headers) {
        List<String> elements = list(headers, "Forwarded");
        return new ProxyHeaders(
                parameter(elements, "for"), parameter(elements, "proto"), parameter(elements, "host"), List.of());
    }

    /** The entry of the proxy that many from the end; the first one where there are fewer. Empty for none. */
    static Optional<String> entry(List<String> entries, int fromTheEnd) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(Math.max(0, entries.size() - fromTheEnd)))
                        .filter(entry -> !entry.isEmpty());
    }

    private static List<String> list(RequestHeaders headers, String name) {
        return headers.all(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::trim)
                .toList();
    }

    /** One for each element, since they are counted; an empty one where it lacks the parameter. */
    private static List<String> parameter(List<String> elements, String name) {
        return elements.stream()
                .map(element -> Stream.of(element.split(";", -1))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair.length == 2 && pair[0].trim().equalsIgnoreCase(name))
                        .map(pair -> pair[1].trim().replace("\"", ""))
                        .findFirst()
                        .orElse(""))
                .toList();
    }
}
