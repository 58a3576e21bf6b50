package io.posthorn.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets pages of any origin use the management API: it takes a bearer token and no cookies, so a page gains nothing that
 * its user has not given it. A servlet filter, since it has to answer before the routing does.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, "CORS protocol"</a>
 */
@WebFilter({"/api/v1/*", "/ingest/api/v1/*"})
public class CorsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String MAX_AGE_SECONDS = "600";
    private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Vary", "Origin, Access-Control-Request-Method, " + REQUEST_HEADERS);
        if (!request.getMethod().equals("OPTIONS")) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Access-Control-Allow-Methods", "*");
        response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
        String asked = request.getHeader(REQUEST_HEADERS);
        if (asked != null) {
            response.setHeader("Access-Control-Allow-Headers", asked);
        }
        response.setStatus(HttpServletResponse.SC_OK);
    }
}
