package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.access.Organizations;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/**
 * {@code /api/v1/operational-webhook/endpoint}: the endpoints that hear of the caller's organization. They belong to an
 * application of the management organization, which comes into being with the first use.
 */
@Path("operational-webhook/endpoint")
@RequestScoped
@Authenticated
@OrganizationOnly
public class OperationalEndpointResource extends EndpointOperations {

    @Override
    protected Application application() {
        return beside.getOrCreate(Organizations.MANAGEMENT, caller.organizationId());
    }
}
