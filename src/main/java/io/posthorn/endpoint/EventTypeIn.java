package io.posthorn.endpoint;

import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a client says of an event type. */
record EventTypeIn(
        String name,
        String description,
        boolean archived,
        boolean deprecated,
        @Nullable String featureFlag,
        @Nullable String schemas) {

    static EventTypeIn of(JsonFields fields) {
        return new EventTypeIn(
                Uid.checkName("name", fields.requiredString("name")),
                fields.requiredString("description"),
                fields.bool("archived", false),
                fields.bool("deprecated", false),
                fields.optionalString("featureFlag")
                        .map(flag -> Uid.checkName("featureFlag", flag))
                        .orElse(null),
                fields.optionalObject("schemas").map(JsonObject::toString).orElse(null));
    }
}
