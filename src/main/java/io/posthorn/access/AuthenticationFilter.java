package io.posthorn.access;

import io.posthorn.rest.ApiException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/** Checks the bearer token (RFC 6750) of requests to {@link Authenticated} resources. */
@Provider
@Authenticated
@Priority(Priorities.AUTHENTICATION)
@Dependent
public class AuthenticationFilter implements ContainerRequestFilter {

    private static final Set<String> LOOKING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Inject
    Tokens tokens;

    @Inject
    ApiRateLimit rateLimit;

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        String token = BearerToken.of(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(ApiException::unauthorized);
        Token verified = tokens.verify(token);
        rateLimit.take(token);
        if (verified.readOnly() && !LOOKING.contains(request.getMethod())) {
            throw ApiException.insufficientAccess();
        }
        caller.authenticated(verified);
        request.setSecurityContext(
                new TokenSecurity(verified, request.getSecurityContext().isSecure()));
    }
}
