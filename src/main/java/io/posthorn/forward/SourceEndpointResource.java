package io.posthorn.forward;

import io.posthorn.access.Authenticated;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.EndpointOperations;
import io.posthorn.rest.ApiException;
import io.posthorn.source.SourceCatalogue;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** {@code /ingest/api/v1/source/{source_id}/endpoint}: the endpoints that what a source receives is sent on to. */
@Path("source/{source_id}/endpoint")
@RequestScoped
@Authenticated
@OrganizationOnly
public class SourceEndpointResource extends EndpointOperations {

    @PathParam("source_id")
    String sourceId;

    @Inject
    SourceCatalogue sources;

    @Override
    protected Application application() {
        String id = sources.idOf(caller.organizationId(), sourceId).orElseThrow(ApiException::notFound);
        return beside.getOrCreate(caller.organizationId(), SourceApplication.uid(id));
    }
}
