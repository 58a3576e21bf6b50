package io.posthorn.inbound;

import io.posthorn.config.Settings;
import io.posthorn.rest.RequestBodyReader;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.ext.Provider;

/** Reads the bodies of webhooks. */
@Provider
@Dependent
public class WebhookBodyReader extends RequestBodyReader {

    @Override
    protected int maxBodySize(Settings settings) {
        return settings.inbound().maxBodySize();
    }
}
