package io.posthorn.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a query without the servlet's parameters, which would read a form's body along with it. */
final class QueryString {

    private QueryString() {}

    /** @param query undecoded; {@code null} for none */
    static Optional<String> first(@Nullable String query, String name) {
        return query == null
                ? Optional.empty()
                : pairs(query)
                        .filter(pair -> pair.getKey().equals(name))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    /** The decoded names and values of a query or a form, in its order. */
    static Stream<Map.Entry<String, String>> pairs(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .map(pair -> Map.entry(decode(pair[0]), decode(pair[1])));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
