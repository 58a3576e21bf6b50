package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.rest.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an endpoint in its normal form: scheme and host in lower case, international names in ASCII, addresses in
 * their usual spelling, the default port dropped, {@code /} for an empty path and for each backslash before the query, dot
 * segments resolved, what cannot stand in a URL percent-encoded.
 *
 * @see <a href="https://url.spec.whatwg.org/#url-serializing">WHATWG URL, "URL serializing"</a>
 */
final class EndpointUrl {

    private static final int MAX_LENGTH = 65_536;
    private static final int MAX_PORT = 65_535;

    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>https?)://(?:(?<user>[^/?#@]*)@)?(?<host>\\[[0-9a-fA-F:.]+]|[^/?#@:\\[\\]]+)(?::(?<port>\\d{0,5}))?"
                    + "(?<path>/[^?#]*)?(?<query>\\?[^#]*)?(?<fragment>#.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern BEFORE_QUERY = Pattern.compile("[^?#]*");

    /** Of ASCII, what RFC 3986 lets no URL have. */
    private static final String ENCODED = " \"<>`{}|\\^";

    private EndpointUrl() {}

    /**
     * @param field that the URL stands in
     * @throws ApiException 422 if it is no absolute http or https URL, or plain http where that is not allowed
     */
    static String normalise(String field, String text, boolean httpsOnly) {
        Matcher parts = PARTS.matcher(withSlashes(text.trim()));
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl) || !parts.matches()) {
            throw noUrl(field);
        }
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        if (httpsOnly && !scheme.equals("https")) {
            throw ApiException.invalid(field, "must use https; posthorn.delivery.https-only=false allows http");
        }
        String user = parts.group("user") == null ? "" : encoded(parts.group("user")) + "@";
        String normal = scheme + "://" + user + host(field, parts.group("host"))
                + port(field, parts.group("port"), scheme)
                + path(text(parts, "path")) + encoded(text(parts, "query")).replace("'", "%27")
                + encoded(text(parts, "fragment"));
        try {
            return new URI(normal).toString();
        } catch (URISyntaxException e) {
            throw noUrl(field);
        }
    }

    private static String withSlashes(String text) {
        Matcher beforeQuery = BEFORE_QUERY.matcher(text);
        return beforeQuery.replaceFirst(
                before -> Matcher.quoteReplacement(before.group().replace('\\', '/')));
    }

    private static String text(Matcher parts, String name) {
        String part = parts.group(name);
        return part == null ? "" : part;
    }

    private static String host(String field, String host) {
        try {
            return WebHost.normalise(host);
        } catch (IllegalArgumentException noHost) {
            throw noUrl(field);
        }
    }

    private static String port(String field, @Nullable String text, String scheme) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        int port = Integer.parseInt(text);
        if (port > MAX_PORT) {
            throw noUrl(field);
        }
        return port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port;
    }

    /** Without {@code .} and {@code ..}, of which none leads above the root. */
    private static String path(String path) {
        if (path.isEmpty()) {
            return "/";
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] given = path.substring(1).split("/", -1);
        for (int i = 0; i < given.length; i++) {
            boolean last = i == given.length - 1;
            String plain = given[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals("..")) {
                segments.pollLast();
            }
            if (!plain.equals(".") && !plain.equals("..")) {
                segments.addLast(encoded(given[i]).replace("[", "%5B").replace("]", "%5D"));
            } else if (last) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : text.getBytes(UTF_8)) {
            int value = unit & 0xFF;
            if (value <= 0x20 || value >= 0x7F || ENCODED.indexOf(value) >= 0) {
                encoded.append('%').append(String.format("%02X", value));
            } else {
                encoded.append((char) value);
            }
        }
        return encoded.toString();
    }

    private static ApiException noUrl(String field) {
        return ApiException.invalid(field, "must be an absolute http or https URL");
    }
}
