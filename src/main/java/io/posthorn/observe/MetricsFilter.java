package io.posthorn.observe;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers {@code GET /metrics} with Prometheus text. A filter, since it comes before the servlet that a server may have
 * mapped to the same path.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus, "Exposition formats"</a>
 */
@WebFilter({"/metrics", "/metrics/"})
public class MetricsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    transient Metrics metrics;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("GET")) {
            response.setContentType(CONTENT_TYPE);
            response.getWriter().write(metrics.scrape());
        } else {
            chain.doFilter(request, response);
        }
    }
}
