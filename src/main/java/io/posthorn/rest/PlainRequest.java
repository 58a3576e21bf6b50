package io.posthorn.rest;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request without the headers that JAX-RS negotiates by, and without cookies. Every answer has one form and every body is
 * read as bytes, so nothing is left to negotiate; and a media type that no parser takes, or that a server patches documents by
 * itself for, is the sender's text like any other. So is a cookie: nothing here sets any.
 */
final class PlainRequest extends HttpServletRequestWrapper {

    private static final String ORIGINAL = PlainRequest.class.getName() + ".original";

    private static final Set<String> HIDDEN =
            Set.of("accept", "accept-charset", "accept-language", "content-language", "content-type", "cookie");

    PlainRequest(HttpServletRequest request) {
        super(request);
        request.setAttribute(ORIGINAL, request);
    }

    /** All headers as they came, by their names. */
    static Map<String, List<String>> originalHeaders(ServletRequest request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (request.getAttribute(ORIGINAL) instanceof HttpServletRequest original) {
            for (String name : Collections.list(original.getHeaderNames())) {
                headers.put(name, Collections.list(original.getHeaders(name)));
            }
        }
        return headers;
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    /** Without a look at them: RESTEasy asks for them always, and Undertow throws at some that it parses. */
    @Override
    public Cookie @Nullable [] getCookies() {
        return null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isHidden(name))
                .toList());
    }

    private static boolean isHidden(String name) {
        return HIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }
}
