package io.posthorn.message;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.config.Internal;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.ApplicationsBeside;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.RequestBody;
import io.posthorn.rest.TimeWindow;
import io.posthorn.rest.Uid;
import io.posthorn.rest.UniqueCreation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.OffsetDateTime;

/** {@code /api/v1/app/{app_id}/msg} */
@Path("app/{app_id}/msg")
@RequestScoped
@Authenticated
public class MessageResource {

    @PathParam("app_id")
    String applicationId;

    @Context
    UriInfo uri;

    @Inject
    Caller caller;

    @Inject
    Applications applications;

    @Inject
    ApplicationsBeside beside;

    @Inject
    Messages messages;

    @Inject
    @Internal
    Clock clock;

    @POST
    @OrganizationOnly
    public Response create(RequestBody body) {
        boolean withContent = withContent();
        JsonFields fields = JsonFields.parse(body, MessageContent.FIELDS);
        NewMessage in = NewMessage.of(fields);
        if (!Uid.isName(applicationId)) {
            throw ApiException.invalidPath("app_id", Uid.RULE);
        }
        Application application = beside.getOrCreate(caller.organizationId(), applicationId, fields);
        Message created = UniqueCreation.of(() -> messages.publish(application, in));
        return JsonResponse.of(202, MessageOut.of(created, withContent));
    }

    @GET
    public Response list() {
        boolean withContent = withContent();
        MessageFilter filter = MessageFilter.of(uri);
        TimeWindow time = TimeWindow.of(uri, OffsetDateTime.now(clock));
        PageRequest page = PageRequest.byTime(uri, Message.ID_PREFIX);
        return messages.list(application(), filter, time, page)
                .toResponse(Message::id, message -> MessageOut.of(message, withContent));
    }

    @GET
    @Path("{msg_id}")
    public Response get(@PathParam("msg_id") String message) {
        boolean withContent = withContent();
        return JsonResponse.of(200, MessageOut.of(messages.get(application(), message), withContent));
    }

    @DELETE
    @Path("{msg_id}/content")
    @OrganizationOnly
    public Response expunge(@PathParam("msg_id") String message) {
        messages.expunge(application(), message);
        return Response.noContent().build();
    }

    private boolean withContent() {
        return QueryParameters.bool(uri, "with_content", true);
    }

    private Application application() {
        return applications.get(caller.organizationId(), applicationId);
    }
}
