package io.posthorn.inside;

import io.posthorn.access.Authenticated;
import io.posthorn.access.AuthenticationFilter;
import io.posthorn.rest.ApiErrors;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A resource of an application's own behind Posthorn's tokens, which sees the caller through the standard API. */
@Path("me")
@RequestScoped
@Authenticated
public class WhoAmI {

    @Context
    SecurityContext security;

    @GET
    public String me() {
        return security.getUserPrincipal().getName() + " "
                + Stream.of("admin", "read-only", "application")
                        .filter(security::isUserInRole)
                        .collect(Collectors.joining(","));
    }

    /** Where it answers. */
    @ApplicationPath("/who")
    public static class Where extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(WhoAmI.class, AuthenticationFilter.class, ApiErrors.class);
        }
    }
}
