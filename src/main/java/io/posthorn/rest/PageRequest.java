package io.posthorn.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which part of a list a client asks for.
 *
 * @param limit 0 to 250
 * @param iterator the id that the page begins behind, in the direction walked; empty for the first page
 * @param backwards whether the client walks towards the list's beginning
 */
public record PageRequest(int limit, Optional<String> iterator, boolean backwards) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 250;
    private static final String BACKWARDS = "-";

    /**
     * Reads {@code limit} and {@code iterator}.
     *
     * @param prefix that the ids of the list have
     * @throws ApiException 400 if the limit is no number, 422 if it is above 250 or the iterator is of another kind
     */
    public static PageRequest of(UriInfo uri, String prefix) {
        return of(uri, id -> id.startsWith(prefix));
    }

    /**
     * The same of a list that goes by time: with {@code after} alone, the first page has what came next after that time, and
     * its {@code prevIterator} leads on to what is newer, as with a Svix server.
     */
    public static PageRequest byTime(UriInfo uri, String prefix) {
        PageRequest page = of(uri, prefix);
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        boolean onwards = page.iterator.isEmpty() && query.containsKey("after") && !query.containsKey("before");
        return onwards ? new PageRequest(page.limit, page.iterator, true) : page;
    }

    /** Reads {@code limit} and {@code iterator} of a list whose items go by name. */
    public static PageRequest ofNames(UriInfo uri) {
        return of(uri, Uid::isName);
    }

    private static PageRequest of(UriInfo uri, Predicate<String> isIterator) {
        int limit = QueryParameters.parse(uri, "limit", Long::parseLong)
                .map(PageRequest::checkLimit)
                .orElse(DEFAULT_LIMIT);
        Optional<String> iterator = QueryParameters.text(uri, "iterator");
        boolean backwards = iterator.filter(text -> text.startsWith(BACKWARDS)).isPresent();
        Optional<String> id = iterator.map(text -> backwards ? text.substring(BACKWARDS.length()) : text);
        if (id.isPresent() && !isIterator.test(id.get())) {
            throw ApiException.invalidQuery("iterator", "not an iterator of this list");
        }
        return new PageRequest(limit, id, backwards);
    }

    private static int checkLimit(long limit) {
        if (limit < 0) {
            throw ApiException.badRequest("The query parameter limit cannot be read");
        }
        if (limit > MAX_LIMIT) {
            throw ApiException.invalidQuery("limit", "must be at most " + MAX_LIMIT);
        }
        return (int) limit;
    }
}
