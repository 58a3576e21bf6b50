package io.posthorn.inbound;

import jakarta.enterprise.context.Dependent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** Tells each sender that was admitted what is left of its rate, whatever became of its request. */
@Provider
@Dependent
public class SenderRatesFilter implements ContainerResponseFilter {

    private static final String HEADERS = SenderRatesFilter.class.getName();

    @Context
    HttpServletRequest servletRequest;

    /** @param headers for the answer to the request */
    static void send(Map<String, String> headers, HttpServletRequest request) {
        request.setAttribute(HEADERS, headers);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (servletRequest.getAttribute(HEADERS) instanceof Map<?, ?> headers) {
            headers.forEach((name, value) -> response.getHeaders().putSingle((String) name, value));
        }
    }
}
