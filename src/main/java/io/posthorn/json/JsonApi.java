package io.posthorn.json;

import jakarta.json.spi.JsonProvider;

/** The entry to Jakarta JSON Processing. */
public final class JsonApi {

    /**
     * The server's provider, looked up once. {@link jakarta.json.Json} looks it up with each call, which opens every JAR of
     * the application and was nearly half the cost of a received webhook.
     */
    public static final JsonProvider JSON = JsonProvider.provider();

    private JsonApi() {}
}
