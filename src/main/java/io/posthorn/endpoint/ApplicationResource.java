package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code /api/v1/app} */
@Path("app")
@RequestScoped
@Authenticated
public class ApplicationResource {

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    ApplicationsBeside beside;

    @POST
    @OrganizationOnly
    public Response create(@Context UriInfo uri, RequestBody body) {
        boolean getIfExists = QueryParameters.bool(uri, "get_if_exists", false);
        ApplicationIn in = ApplicationIn.of(JsonFields.parse(body));
        String uid = getIfExists ? in.uid() : null;
        return response(
                uid == null
                        ? new Applications.Put(
                                UniqueCreation.of(() -> applications.create(caller.organizationId(), in)), true)
                        : beside.findOrCreate(caller.organizationId(), uid, in));
    }

    @GET
    @OrganizationOnly
    public Response list(@Context UriInfo uri) {
        return applications
                .list(
                        caller.organizationId(),
                        PageRequest.of(uri, Application.ID_PREFIX),
                        QueryParameters.descending(uri, false))
                .toResponse(
                        Application::id,
                        application -> ApplicationOut.of(application).toString());
    }

    @GET
    @Path("{app_id}")
    public Response get(@PathParam("app_id") String application) {
        return JsonResponse.of(200, ApplicationOut.of(applications.get(caller.organizationId(), application)));
    }

    @PUT
    @OrganizationOnly
    @Path("{app_id}")
    public Response put(@PathParam("app_id") String application, RequestBody body) {
        ApplicationIn in = ApplicationIn.of(JsonFields.parse(body));
        Applications.Put put = UniqueCreation.of(() -> applications.put(caller.organizationId(), application, in));
        return response(put);
    }

    private static Response response(Applications.Put put) {
        return JsonResponse.of(put.isNew() ? 201 : 200, ApplicationOut.of(put.application()));
    }

    @PATCH
    @OrganizationOnly
    @Path("{app_id}")
    public Response patch(@PathParam("app_id") String application, RequestBody body) {
        // Looked for before the body is read.
        applications.get(caller.organizationId(), application);
        JsonFields fields = JsonFields.parse(body);
        Application patched = UniqueCreation.of(() -> applications.patch(caller.organizationId(), application, fields));
        return JsonResponse.of(200, ApplicationOut.of(patched));
    }

    @DELETE
    @OrganizationOnly
    @Path("{app_id}")
    public Response delete(@PathParam("app_id") String application) {
        applications.delete(caller.organizationId(), application);
        return Response.noContent().build();
    }
}
