package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.rest.ApiException;
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
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1/event-type} */
@Path("event-type")
@RequestScoped
@Authenticated
public class EventTypeResource {

    @Inject
    Caller caller;

    @Inject
    EventTypes eventTypes;

    @POST
    @OrganizationOnly
    public Response create(RequestBody body) {
        EventTypeIn in = EventTypeIn.of(JsonFields.parse(body));
        EventTypeDefinition created = UniqueCreation.of(() -> eventTypes.create(caller.organizationId(), in));
        return JsonResponse.of(201, EventTypeOut.of(created));
    }

    /** Always bytewise by name: {@code order} is checked and has no effect. */
    @GET
    public Response list(@Context UriInfo uri) {
        PageRequest page = PageRequest.ofNames(uri);
        QueryParameters.descending(uri, false);
        boolean includeArchived = QueryParameters.bool(uri, "include_archived", false);
        boolean withContent = QueryParameters.bool(uri, "with_content", false);
        return eventTypes
                .list(caller.organizationId(), visibleFlags(), page, includeArchived)
                .toResponse(
                        type -> type.id.name,
                        type -> EventTypeOut.of(type, withContent).toString());
    }

    @GET
    @Path("{event_type_name}")
    public Response get(@PathParam("event_type_name") String name) {
        EventTypeDefinition type = eventTypes.get(caller.organizationId(), name);
        if (!type.isVisibleWith(visibleFlags())) {
            throw ApiException.notFound();
        }
        return JsonResponse.of(200, EventTypeOut.of(type));
    }

    @PUT
    @OrganizationOnly
    @Path("{event_type_name}")
    public Response put(@PathParam("event_type_name") String name, RequestBody body) {
        EventTypeIn in = EventTypeIn.of(name, JsonFields.parse(body));
        EventTypes.Put put = UniqueCreation.of(() -> eventTypes.put(caller.organizationId(), in));
        return JsonResponse.of(put.isNew() ? 201 : 200, EventTypeOut.of(put.type()));
    }

    @PATCH
    @OrganizationOnly
    @Path("{event_type_name}")
    public Response patch(@PathParam("event_type_name") String name, RequestBody body) {
        JsonFields fields = JsonFields.parse(body);
        return JsonResponse.of(200, EventTypeOut.of(eventTypes.patch(caller.organizationId(), name, fields)));
    }

    @DELETE
    @OrganizationOnly
    @Path("{event_type_name}")
    public Response delete(@PathParam("event_type_name") String name, @Context UriInfo uri) {
        if (QueryParameters.bool(uri, "expunge", false)) {
            eventTypes.expunge(caller.organizationId(), name);
        } else {
            eventTypes.archive(caller.organizationId(), name);
        }
        return Response.noContent().build();
    }

    /** An application sees what has no feature flag, and what has one of its own; its organization sees all. */
    private Optional<Set<String>> visibleFlags() {
        return caller.applicationId().map(application -> caller.featureFlags());
    }
}
