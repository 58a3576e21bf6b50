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
        return Optional.ofNullable(url.getRawUserInfo()).map(info -> {
            int colon = info.indexOf(':');
            return colon < 0
                    ? new Basic(decoded(info), new SecretText(""))
                    : new Basic(decoded(info.substring(0, colon)), new SecretText(decoded(info.substring(colon + 1))));
        });
    }

    static URI without(URI url) {
        return url.getRawUserInfo() == null
                ? url
                : URI.create(url.toString().replace("://" + url.getRawUserInfo() + "@", "://"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }
}
