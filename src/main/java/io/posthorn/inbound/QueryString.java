package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a query without the servlet's parameters, which would read a form's body along with it. */
final class QueryString {

    private QueryString() {}

    /** @param query undecoded; {@code null} for none */
    static Optional<String> first(@Nullable String query, String name) {
        return query == null
                ? Optional.empty()
                : Arrays.stream(query.split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair.length == 2 && decode(pair[0]).equals(name))
                        .map(pair -> decode(pair[1]))
                        .findFirst();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
