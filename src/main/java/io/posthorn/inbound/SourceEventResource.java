package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.json.StrictJson;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.NullableJson;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.TimeWindow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** {@code /ingest/api/v1/source/{source_id}/event}: what a source has received; operations of Posthorn's own. */
@Path("source/{source_id}/event")
@RequestScoped
@Authenticated
@OrganizationOnly
public class SourceEventResource extends SourceOperation {

    @Inject
    InboxReplay replay;

    @Inject
    InboxHistory history;

    @GET
    public Response list() {
        Optional<InboxStatus> status = QueryParameters.parse(uri, "status", InboxStatus::of);
        Set<String> types = QueryParameters.texts(uri, "event_types");
        TimeWindow time = TimeWindow.of(uri, now());
        SourceNames names = new SourceNames(sources);
        return inbox.list(
                        caller.organizationId(),
                        inboxId(),
                        status,
                        types,
                        time,
                        PageRequest.of(uri, InboxEvent.ID_PREFIX))
                .toResponse(
                        event -> event.id, event -> toJson(event, names).build().toString());
    }

    /** With headers, the body's bytes and every dispatch, the first one first. */
    @GET
    @Path("{event_id}")
    public Response get(@PathParam("event_id") String id) {
        InboxEvent event = inbox.get(caller.organizationId(), inboxId(), id);
        JsonArrayBuilder dispatches = JSON.createArrayBuilder();
        history.of(event.id).forEach(dispatch -> dispatches.add(dispatch.toJson()));
        return JsonResponse.of(
                200,
                toJson(event, new SourceNames(sources))
                        .add("headers", StrictJson.parse(event.headers))
                        .add("body", Base64.getEncoder().encodeToString(event.body))
                        .add("waitsFor", NullableJson.of(inbox.waitsFor(event).orElse(null)))
                        .add("history", dispatches)
                        .build());
    }

    @POST
    @Path("{event_id}/replay")
    public Response replay(@PathParam("event_id") String id) {
        replay.replay(caller.organizationId(), inboxId(), id);
        replay.wake();
        return JsonResponse.of(202, "{}");
    }

    @DELETE
    @Path("{event_id}")
    public Response discard(@PathParam("event_id") String id) {
        replay.discard(caller.organizationId(), inboxId(), id);
        return Response.noContent().build();
    }

    private static JsonObjectBuilder toJson(InboxEvent event, SourceNames names) {
        return JSON.createObjectBuilder()
                .add("id", event.id)
                .add("type", event.eventType)
                .add("source", names.of(event))
                .add("externalId", NullableJson.of(event.externalId))
                .add("status", event.status.name())
                .add("receivedAt", event.receivedAt.toInstant().toString())
                .add(
                        "occurredAt",
                        NullableJson.of(
                                event.occurredAt == null
                                        ? null
                                        : event.occurredAt.toInstant().toString()))
                .add("dispatches", event.dispatches)
                .add("replays", event.replays)
                .add("duplicates", event.duplicates)
                .add("note", NullableJson.of(event.note))
                .add("lastError", NullableJson.of(event.lastError));
    }
}
