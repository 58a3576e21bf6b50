package io.posthorn.observe;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/** {@code /api/v1/health}, as the Svix server answers it: no body, no token. */
@Path("health")
@RequestScoped
public class PingResource {

    @Inject
    @Readiness
    DatabaseCheck database;

    /** 204 while the database answers, else 503. */
    @GET
    public Response health() {
        boolean up = database.call().getStatus() == Status.UP;
        return Response.status(up ? Response.Status.NO_CONTENT : Response.Status.SERVICE_UNAVAILABLE)
                .build();
    }

    @GET
    @Path("ping")
    public Response ping() {
        return Response.noContent().build();
    }
}
