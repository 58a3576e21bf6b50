package io.posthorn.endpoint;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.NullableJson;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.StrictJson;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

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
        return JsonResponse.of(201, toJson(UniqueCreation.of(() -> eventTypes.create(caller.organizationId(), in))));
    }

    @GET
    @Path("{event_type_name}")
    public Response get(@PathParam("event_type_name") String name) {
        return JsonResponse.of(200, toJson(eventTypes.get(caller.organizationId(), name)));
    }

    private static JsonObject toJson(EventTypeDefinition type) {
        return Json.createObjectBuilder()
                .add("name", type.id.name)
                .add("description", type.description)
                .add("archived", type.archived)
                .add("deprecated", type.deprecated)
                .add("featureFlag", NullableJson.of(type.featureFlag))
                .add("schemas", type.schemas == null ? JsonValue.NULL : StrictJson.parse(type.schemas))
                .add("createdAt", type.createdAt.toInstant().toString())
                .add("updatedAt", type.updatedAt.toInstant().toString())
                .build();
    }
}
