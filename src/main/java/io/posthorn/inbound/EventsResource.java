package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Authenticated;
import io.posthorn.access.Caller;
import io.posthorn.access.OrganizationOnly;
import io.posthorn.rest.JsonResponse;
import io.posthorn.rest.QueryParameters;
import io.posthorn.source.SourceCatalogue;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Lists what was received, newest first. */
@Path("events")
@RequestScoped
@Authenticated
@OrganizationOnly
public class EventsResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 250;

    @Inject
    Caller caller;

    @Inject
    InboxView inbox;

    @Inject
    SourceCatalogue sources;

    @GET
    public Response list(@Context UriInfo uri) {
        JsonArrayBuilder events = JSON.createArrayBuilder();
        SourceNames names = new SourceNames(sources);
        inbox.newest(
                        caller.organizationId(),
                        QueryParameters.parse(uri, "limit", EventsResource::limit)
                                .orElse(DEFAULT_LIMIT),
                        QueryParameters.text(uri, "source").map(this::inboxOf).orElse(null),
                        QueryParameters.parse(uri, "status", InboxStatus::of).orElse(null),
                        QueryParameters.parse(uri, "before", OlderThan::of).orElse(null))
                .forEach(event -> events.add(toJson(event, names.of(event))));
        return JsonResponse.of(200, events.build());
    }

    /** Of a source that is there no more, the name of the configuration or the id still leads to its events. */
    private String inboxOf(String source) {
        return sources.inboxOf(caller.organizationId(), source).orElse(source);
    }

    private static JsonObject toJson(InboxEvent event, String source) {
        return JSON.createObjectBuilder()
                .add("id", event.id)
                .add("type", event.eventType)
                .add("source", source)
                .add("timestamp", event.receivedAt.toInstant().toString())
                .add("status", event.status.name())
                .build();
    }

    private static int limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(text);
        }
        return limit;
    }
}
