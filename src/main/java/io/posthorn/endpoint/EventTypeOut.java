package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.json.StrictJson;
import io.posthorn.rest.NullableJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** An event type as clients see it. */
final class EventTypeOut {

    private EventTypeOut() {}

    static JsonObject of(EventTypeDefinition type) {
        return of(type, true);
    }

    static JsonObject of(EventTypeDefinition type, boolean withSchemas) {
        return JSON.createObjectBuilder()
                .add("name", type.id.name)
                .add("description", type.description)
                .add("archived", type.archived)
                .add("deprecated", type.deprecated)
                .add("featureFlag", NullableJson.of(type.featureFlag))
                .add("schemas", type.schemas == null || !withSchemas ? JsonValue.NULL : StrictJson.parse(type.schemas))
                .add("createdAt", type.createdAt.toInstant().toString())
                .add("updatedAt", type.updatedAt.toInstant().toString())
                .build();
    }
}
