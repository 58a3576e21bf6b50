package io.posthorn.boot;

import io.posthorn.access.AuthenticationFilter;
import io.posthorn.access.OrganizationOnlyFilter;
import io.posthorn.forward.SourceEndpointResource;
import io.posthorn.inbound.SourceEventResource;
import io.posthorn.inbound.SourceReplayResource;
import io.posthorn.rest.ApiBodyReader;
import io.posthorn.rest.ApiErrors;
import io.posthorn.rest.IdempotencyFilter;
import io.posthorn.source.SourceResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** {@code /ingest/api/v1}: sources, wire-compatible with Svix, what they have received, and where it is sent on to. */
@ApplicationPath("/ingest/api/v1")
public class IngestApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                SourceResource.class,
                SourceEventResource.class,
                SourceReplayResource.class,
                SourceEndpointResource.class,
                AuthenticationFilter.class,
                OrganizationOnlyFilter.class,
                IdempotencyFilter.class,
                ApiBodyReader.class,
                ApiErrors.class);
    }

    /** Jersey would else hand an error without a body to the server, which makes a page of HTML of it. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.response.setStatusOverSendError", true);
    }
}
