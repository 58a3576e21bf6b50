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

/** Checks the bearer token (RFC 6750) of requests to {@link Authenticated} resources. */
@Provider
@Authenticated
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class AuthenticationFilter implements ContainerRequestFilter {

    @Inject
    Tokens tokens;

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        String token = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(ApiException::unauthorized);
        caller.authenticated(tokens.verify(token));
    }
}
