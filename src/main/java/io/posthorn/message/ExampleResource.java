package io.posthorn.message;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.endpoint.EventTypeExamples;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.RequestBody;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** {@code /api/v1/app/{app_id}/endpoint/{endpoint_id}/send-example} */
@Path("app/{app_id}/endpoint/{endpoint_id}/send-example")
@RequestScoped
@Authenticated
@OrganizationOnly
public class ExampleResource {

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    Endpoints endpoints;

    @Inject
    EventTypeExamples examples;

    @Inject
    Messages messages;

    @POST
    public Response send(
            @PathParam("app_id") String applicationId, @PathParam("endpoint_id") String endpointId, RequestBody body) {
        Application application = applications.get(caller.organizationId(), applicationId);
        String eventType = JsonFields.parse(body).requiredString("eventType");
        Endpoint endpoint = endpoints.get(application, endpointId);
        String example = examples.of(caller.organizationId(), eventType);
        Message message = messages.publishTo(endpoint, application, NewMessage.ofJson(eventType, example));
        return JsonResponse.of(200, MessageOut.of(message, false));
    }
}
