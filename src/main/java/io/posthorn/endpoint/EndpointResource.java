package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** {@code /api/v1/app/{app_id}/endpoint} */
@Path("app/{app_id}/endpoint")
@RequestScoped
@Authenticated
public class EndpointResource extends EndpointOperations {

    @PathParam("app_id")
    String applicationId;

    @Override
    protected int statusOfNewPut() {
        return 201;
    }

    @Override
    protected Application application() {
        return applications.get(caller.organizationId(), applicationId);
    }
}
