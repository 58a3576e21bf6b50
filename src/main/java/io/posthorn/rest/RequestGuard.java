package io.posthorn.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Keeps from JAX-RS what its implementations answer with 500, each in its own way, before anything of ours is asked: paths
 * that are no paths, and headers that they would parse although nothing here depends on them.
 */
public abstract class RequestGuard extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String SENTENCE = "The path cannot be read";

    /** The error that the requests of this filter are answered with. */
    protected abstract JsonObject body(String sentence);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isPath(request.getRequestURI())) {
            chain.doFilter(new PlainRequest(request), response);
            return;
        }
        byte[] body = body(SENTENCE).toString().getBytes(UTF_8);
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Whether a raw path can be decoded to text that can be stored, and so be looked for. */
    static boolean isPath(String raw) {
        try {
            // What is not UTF-8 is decoded to the character that replaces it.
            String path = new URI("http://localhost" + raw).getPath();
            return path.indexOf('\uFFFD') < 0 && StorableText.is(path);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
