package io.posthorn.inbound;

import io.posthorn.access.AuthenticationFilter;
import io.posthorn.access.OrganizationOnlyFilter;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** {@code /webhooks}: a JAX-RS application of its own, since its errors have a body of their own. */
@ApplicationPath("/webhooks")
public class InboundApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                WebhookResource.class,
                EventsResource.class,
                WebhookBodyReader.class,
                AuthenticationFilter.class,
                OrganizationOnlyFilter.class,
                SenderRatesFilter.class,
                InboundErrors.class);
    }

    /** Jersey would else hand an error without a body to the server, which makes a page of HTML of it. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.response.setStatusOverSendError", true);
    }
}
