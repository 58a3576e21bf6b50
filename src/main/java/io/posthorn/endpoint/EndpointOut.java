package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.rest.NullableJson;
import jakarta.json.JsonObject;

/** An endpoint as clients see it: every field always there, older names included, and no secret. */
public final class EndpointOut {

    private EndpointOut() {}

    public static JsonObject of(Endpoint endpoint) {
        return JSON.createObjectBuilder()
                .add("id", endpoint.id)
                .add("uid", NullableJson.of(endpoint.uid))
                .add("url", endpoint.url)
                .add("version", endpoint.version)
                .add("description", endpoint.description)
                .add("eventTypes", NullableJson.of(endpoint.eventTypes))
                .add("filterTypes", NullableJson.of(endpoint.eventTypes))
                .add("channels", NullableJson.of(endpoint.channels))
                .add("disabled", endpoint.disabled)
                .add("throttleRate", NullableJson.of(endpoint.throttleRate))
                .add("rateLimit", NullableJson.of(endpoint.throttleRate))
                .add("metadata", Metadata.toJson(endpoint.metadata))
                .add("createdAt", endpoint.createdAt.toInstant().toString())
                .add("updatedAt", endpoint.updatedAt.toInstant().toString())
                .build();
    }
}
