package io.posthorn.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Query parameters, read as the Svix API does: what cannot be read, or is given twice, is a 400. */
public final class QueryParameters {

    private QueryParameters() {}

    public static Optional<String> text(UriInfo uri, String name) {
        List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ApiException.badRequest("The query parameter " + name + " is given more than once");
        }
        if (!values.stream().allMatch(StorableText::is)) {
            throw unreadable(name);
        }
        return values.stream().findFirst();
    }

    /** A name such as an event type or a channel. */
    public static Optional<String> name(UriInfo uri, String parameter) {
        return text(uri, parameter).map(text -> checkName(parameter, text));
    }

    /**
     * Names that stand in one parameter with commas, or in several, with {@code []}, {@code [1]} or without; none if there is
     * no such parameter.
     */
    public static Set<String> names(UriInfo uri, String parameter) {
        return listed(uri, parameter).map(name -> checkName(parameter, name)).collect(Collectors.toUnmodifiableSet());
    }

    /** Texts of any other characters, given as {@link #names} are: what a sender calls an event type, for example. */
    public static Set<String> texts(UriInfo uri, String parameter) {
        Set<String> texts =
                listed(uri, parameter).filter(text -> !text.isEmpty()).collect(Collectors.toUnmodifiableSet());
        if (!texts.stream().allMatch(StorableText::is)) {
            throw unreadable(parameter);
        }
        return texts;
    }

    private static Stream<String> listed(UriInfo uri, String parameter) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        return query.entrySet().stream()
                .filter(entry -> entry.getKey().equals(parameter)
                        || entry.getKey().startsWith(parameter + "[")
                                && entry.getKey().endsWith("]"))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(text -> Stream.of(text.split(",", -1)));
    }

    private static String checkName(String parameter, String text) {
        if (!Uid.isName(text)) {
            throw ApiException.invalidQuery(parameter, Uid.RULE);
        }
        return text;
    }

    /** @param parser throws any {@link RuntimeException} for what it does not take */
    public static <T> Optional<T> parse(UriInfo uri, String name, Function<String, T> parser) {
        return text(uri, name).map(text -> {
            try {
                return parser.apply(text);
            } catch (RuntimeException e) {
                throw unreadable(name);
            }
        });
    }

    private static ApiException unreadable(String name) {
        return ApiException.badRequest("The query parameter " + name + " cannot be read");
    }

    public static boolean bool(UriInfo uri, String name, boolean defaultValue) {
        return parse(uri, name, text -> choose(text, "true", "false")).orElse(defaultValue);
    }

    /** Reads {@code order=ascending|descending}. */
    public static boolean descending(UriInfo uri, boolean defaultValue) {
        return parse(uri, "order", text -> choose(text, "descending", "ascending"))
                .orElse(defaultValue);
    }

    private static boolean choose(String text, String whenTrue, String whenFalse) {
        if (!text.equals(whenTrue) && !text.equals(whenFalse)) {
            throw new IllegalArgumentException(text);
        }
        return text.equals(whenTrue);
    }
}
