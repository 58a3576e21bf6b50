package io.posthorn.rest;

import io.posthorn.config.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.ext.Provider;

/** Reads the bodies of requests to the management API. */
@Provider
@Dependent
public class ApiBodyReader extends RequestBodyReader {

    @Override
    protected int maxBodySize(Settings settings) {
        return settings.api().maxBodySize();
    }
}
