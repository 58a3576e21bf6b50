package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.endpoint.Authorization.Basic;
import io.posthorn.endpoint.SecretText;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;

/** A name and a password that stand in a URL. HTTP does not send them there, but in a header. */
final class UrlUser {

    private UrlUser() {}

    static Optional<Basic> of(URI url) {
        return info(url).map(info -> {
            int colon = info.indexOf(':');
            return colon < 0
                    ? new Basic(decoded(info), new SecretText(""))
                    : new Basic(decoded(info.substring(0, colon)), new SecretText(decoded(info.substring(colon + 1))));
        });
    }

    static URI without(URI url) {
        return info(url)
                .map(info -> URI.create(url.toString().replace("://" + info + "@", "://")))
                .orElse(url);
    }

    /** Not by {@link URI#getRawUserInfo}, which sees none before a host such as {@code my_service}. */
    private static Optional<String> info(URI url) {
        String authority = Optional.ofNullable(url.getRawAuthority()).orElse("");
        int end = authority.lastIndexOf('@');
        return end < 0 ? Optional.empty() : Optional.of(authority.substring(0, end));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
