package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The URL of an endpoint in its normal form: scheme and host in lower case, the default port dropped, {@code /} for an
 * empty path.
 *
 * @see <a href="https://url.spec.whatwg.org/#url-serializing">WHATWG URL, "URL serializing"</a>
 */
final class EndpointUrl {

    private static final int MAX_LENGTH = 65_536;

    private EndpointUrl() {}

    /** @throws ApiException 422 if it is no absolute http or https URL, or plain http where that is not allowed */
    static String normalise(String text, boolean httpsOnly) {
        URI uri = parse(text);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (httpsOnly && !scheme.equals("https")) {
            throw ApiException.invalid("url", "must use https; posthorn.delivery.https-only=false allows http");
        }
        String userInfo = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return scheme + "://" + userInfo + uri.getHost().toLowerCase(Locale.ROOT) + port(uri, scheme) + path + query;
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text.trim());
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getPort() <= 65_535 && text.length() <= MAX_LENGTH) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below, like every other text that is no such URL.
        }
        throw ApiException.invalid("url", "must be an absolute http or https URL");
    }

    private static String port(URI uri, String scheme) {
        int defaultPort = scheme.equals("https") ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == defaultPort ? "" : ":" + uri.getPort();
    }
}
