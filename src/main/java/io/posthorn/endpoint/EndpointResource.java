package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.config.Settings;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api/v1/app/{app_id}/endpoint} */
@Path("app/{app_id}/endpoint")
@RequestScoped
@Authenticated
public class EndpointResource {

    @PathParam("app_id")
    String applicationId;

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    Endpoints endpoints;

    @Inject
    Settings settings;

    @POST
    public Response create(RequestBody body) {
        EndpointIn in =
                EndpointIn.of(JsonFields.parse(body), settings.delivery().httpsOnly());
        Application application = application();
        Endpoint created = UniqueCreation.of(() -> endpoints.create(application, in));
        return JsonResponse.of(201, EndpointOut.of(created));
    }

    @GET
    public Response list(@Context UriInfo uri) {
        return endpoints
                .list(application(), PageRequest.of(uri, Endpoint.ID_PREFIX), QueryParameters.descending(uri, true))
                .toResponse(Endpoint::id, endpoint -> EndpointOut.of(endpoint).toString());
    }

    @GET
    @Path("{endpoint_id}")
    public Response get(@PathParam("endpoint_id") String endpoint) {
        return JsonResponse.of(200, EndpointOut.of(endpoints.get(application(), endpoint)));
    }

    @GET
    @Path("{endpoint_id}/secret")
    public Response secret(@PathParam("endpoint_id") String endpoint) {
        String secret =
                endpoints.signingSecret(endpoints.get(application(), endpoint)).reveal();
        return JsonResponse.of(
                200, Json.createObjectBuilder().add("key", secret).build());
    }

    @DELETE
    @Path("{endpoint_id}")
    public Response delete(@PathParam("endpoint_id") String endpoint) {
        endpoints.delete(application(), endpoint);
        return Response.noContent().build();
    }

    private Application application() {
        return applications.get(caller.organizationId(), applicationId);
    }
}
