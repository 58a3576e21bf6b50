package io.posthorn.access;

import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** {@code /api/v1/auth/logout}: ends the token that asks for it. */
@Path("auth/logout")
@RequestScoped
@Authenticated
public class LogoutResource {

    @Inject
    Tokens tokens;

    @POST
    public Response logout(@Context HttpHeaders headers) {
        return UniqueCreation.retried(() -> {
            BearerToken.of(headers.getHeaderString(HttpHeaders.AUTHORIZATION)).ifPresent(tokens::revoke);
            return Response.noContent().build();
        });
    }
}
