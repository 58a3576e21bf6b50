package io.posthorn.access;

import io.posthorn.rest.ApiException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Checks the bearer token (RFC 6750) of requests to {@link Authenticated} resources. */
@Provider
@Authenticated
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class AuthenticationFilter implements ContainerRequestFilter {

    private static final String SCHEME = "Bearer ";

    @Inject
    AdminToken adminToken;

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!isValid(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            throw ApiException.unauthorized();
        }
        caller.authenticated(Organizations.DEFAULT);
    }

    private boolean isValid(@Nullable String header) {
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && adminToken.matches(header.substring(SCHEME.length()).trim());
    }
}
