package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;
import static java.util.Objects.requireNonNull;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.json.StrictJson;
import io.posthorn.message.Message;
import io.posthorn.message.Messages;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.Timestamps;
import io.posthorn.task.BackgroundTaskOut;
import io.posthorn.task.BackgroundTasks;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1/dead-letter}: operations of Posthorn's own. */
@Path("dead-letter")
@RequestScoped
@Authenticated
@OrganizationOnly
public class DeadLetterResource {

    @Context
    UriInfo uri;

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    Endpoints endpoints;

    @Inject
    Messages messages;

    @Inject
    DeadLetters deadLetters;

    @Inject
    BackgroundTasks tasks;

    @GET
    public Response list() {
        DeadLetterFilter filter = filter(
                QueryParameters.text(uri, "app_id"),
                QueryParameters.text(uri, "endpoint_id"),
                new DeadLetterFilter(
                        caller.organizationId(),
                        Optional.empty(),
                        Optional.empty(),
                        QueryParameters.names(uri, "event_types"),
                        QueryParameters.parse(uri, "after", Timestamps::parse),
                        QueryParameters.parse(uri, "before", Timestamps::parse)));
        Page<Delivery> page = deadLetters.list(filter, PageRequest.of(uri, Delivery.ID_PREFIX));
        Map<String, Message> byId = messages.byId(
                page.items().stream().map(delivery -> delivery.messageId).toList());
        return page.toResponse(
                delivery -> delivery.id,
                delivery -> DeliveryOut.of(delivery, requireNonNull(byId.get(delivery.messageId)))
                        .toString());
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Delivery delivery = deadLetters.get(caller.organizationId(), id);
        Message message =
                requireNonNull(messages.byId(Set.of(delivery.messageId)).get(delivery.messageId));
        JsonObjectBuilder json = JSON.createObjectBuilder(DeliveryOut.of(delivery, message));
        deadLetters
                .lastAttempt(delivery)
                .ifPresent(attempt -> json.add("lastAttempt", StrictJson.parse(AttemptOut.of(attempt, true))));
        return JsonResponse.of(200, json.build());
    }

    @POST
    @Path("{id}/resend")
    public Response resend(@PathParam("id") String id) {
        deadLetters.resend(caller.organizationId(), id);
        return JsonResponse.of(202, "{}");
    }

    @DELETE
    @Path("{id}")
    public Response discard(@PathParam("id") String id) {
        deadLetters.discard(caller.organizationId(), id);
        return Response.noContent().build();
    }

    @POST
    @Path("resend")
    public Response resendMany(RequestBody body) {
        return start(DeadLetters.RESEND, body);
    }

    @POST
    @Path("discard")
    public Response discardMany(RequestBody body) {
        return start(DeadLetters.DISCARD, body);
    }

    private Response start(String task, RequestBody body) {
        JsonFields fields = JsonFields.parse(body);
        DeadLetterFilter filter = filter(
                fields.optionalString("appId"),
                fields.optionalString("endpointId"),
                new DeadLetterFilter(
                        caller.organizationId(),
                        Optional.empty(),
                        Optional.empty(),
                        fields.optionalStrings("eventTypes").orElse(Set.of()),
                        fields.optionalTime("since"),
                        fields.optionalTime("until")));
        return JsonResponse.of(
                202, BackgroundTaskOut.brief(tasks.start(caller.organizationId(), task, filter.toJson())));
    }

    /** Finds the application and the endpoint, whose uid means nothing without its application. */
    private DeadLetterFilter filter(Optional<String> app, Optional<String> endpoint, DeadLetterFilter rest) {
        if (endpoint.isPresent() && app.isEmpty()) {
            throw ApiException.badRequest("An endpoint is named together with its application");
        }
        Optional<Application> application = app.map(name -> applications.get(caller.organizationId(), name));
        return new DeadLetterFilter(
                rest.organizationId(),
                application.map(Application::id),
                endpoint.map(
                        name -> endpoints.get(application.orElseThrow(), name).id()),
                rest.eventTypes(),
                rest.since(),
                rest.until());
    }
}
