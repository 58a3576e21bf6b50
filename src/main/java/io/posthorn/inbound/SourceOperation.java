package io.posthorn.inbound;

import io.posthorn.access.Caller;
import io.posthorn.rest.ApiException;
import io.posthorn.source.SourceCatalogue;
import io.posthorn.work.DatabaseTime;
import jakarta.inject.Inject;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.OffsetDateTime;

/** What the operations on a source's events have in common. */
abstract class SourceOperation {

    @PathParam("source_id")
    String sourceId;

    @Context
    UriInfo uri;

    @Inject
    Caller caller;

    @Inject
    SourceCatalogue sources;

    @Inject
    InboxView inbox;

    @Inject
    DatabaseTime time;

    /** @throws ApiException 404 if there is no such source */
    String inboxId() {
        return sources.inboxOf(caller.organizationId(), sourceId).orElseThrow(ApiException::notFound);
    }

    /** By the clock that said when an event came. */
    OffsetDateTime now() {
        return time.now();
    }
}
