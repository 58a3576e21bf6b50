package io.posthorn.delivery;

import io.posthorn.access.Caller;
import io.posthorn.config.Internal;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.message.Message;
import io.posthorn.message.Messages;
import io.posthorn.rest.QueryParameters;
import jakarta.inject.Inject;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.OffsetDateTime;

/** What the operations below {@code /app/{app_id}} have in common: the entities that their paths name, 404 if not there. */
abstract class ApplicationOperation {

    @PathParam("app_id")
    String applicationId;

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
    @Internal
    Clock clock;

    Application application() {
        return applications.get(caller.organizationId(), applicationId);
    }

    Endpoint endpoint(String idOrUid) {
        return endpoints.get(application(), idOrUid);
    }

    Message message(String idOrEventId) {
        return messages.get(application(), idOrEventId);
    }

    boolean withContent() {
        return QueryParameters.bool(uri, "with_content", true);
    }

    OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
