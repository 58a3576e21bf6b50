package io.posthorn.boot;

import io.posthorn.access.AuthenticationFilter;
import io.posthorn.access.LogoutResource;
import io.posthorn.access.OrganizationOnlyFilter;
import io.posthorn.access.TokenResource;
import io.posthorn.delivery.ApplicationStatsResource;
import io.posthorn.delivery.AttemptResource;
import io.posthorn.delivery.AttemptedMessageResource;
import io.posthorn.delivery.BulkReplayResource;
import io.posthorn.delivery.CancelMessagesResource;
import io.posthorn.delivery.DeadLetterResource;
import io.posthorn.delivery.EndpointStatsResource;
import io.posthorn.delivery.MessageAttemptResource;
import io.posthorn.delivery.MessageDeliveryResource;
import io.posthorn.delivery.MessageEndpointResource;
import io.posthorn.delivery.RecoverResource;
import io.posthorn.delivery.ReplayMissingResource;
import io.posthorn.delivery.StatisticsSeriesResource;
import io.posthorn.endpoint.ApplicationResource;
import io.posthorn.endpoint.ApplicationScopeFilter;
import io.posthorn.endpoint.EndpointResource;
import io.posthorn.endpoint.EventTypeResource;
import io.posthorn.endpoint.OperationalEndpointResource;
import io.posthorn.endpoint.PortalResource;
import io.posthorn.message.ExampleResource;
import io.posthorn.message.MessageResource;
import io.posthorn.observe.PingResource;
import io.posthorn.rest.ApiBodyReader;
import io.posthorn.rest.ApiErrors;
import io.posthorn.rest.IdempotencyFilter;
import io.posthorn.task.BackgroundTaskResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** {@code /api/v1}: the management API, wire-compatible with the Svix server. */
@ApplicationPath("/api/v1")
public class ManagementApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                ApplicationResource.class,
                EndpointResource.class,
                OperationalEndpointResource.class,
                EventTypeResource.class,
                MessageResource.class,
                ExampleResource.class,
                AttemptResource.class,
                MessageAttemptResource.class,
                MessageEndpointResource.class,
                MessageDeliveryResource.class,
                AttemptedMessageResource.class,
                RecoverResource.class,
                ReplayMissingResource.class,
                BulkReplayResource.class,
                CancelMessagesResource.class,
                EndpointStatsResource.class,
                ApplicationStatsResource.class,
                StatisticsSeriesResource.class,
                DeadLetterResource.class,
                BackgroundTaskResource.class,
                PortalResource.class,
                LogoutResource.class,
                TokenResource.class,
                PingResource.class,
                AuthenticationFilter.class,
                OrganizationOnlyFilter.class,
                ApplicationScopeFilter.class,
                // For every operation: all of them are authenticated, and every POST may carry a key.
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
