package io.posthorn.endpoint;

import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import org.jspecify.annotations.Nullable;

/** What a client says of an event type. */
record EventTypeIn(
        String name,
        String description,
        boolean archived,
        boolean deprecated,
        @Nullable String featureFlag,
        @Nullable String schemas) {

    private static final EventTypeIn ANY = new EventTypeIn("any", "", false, false, null, null);

    static EventTypeIn of(JsonFields fields) {
        return of(fields.requiredString("name"), fields);
    }

    /** @param name which counts whatever the fields say */
    static EventTypeIn of(String name, JsonFields fields) {
        return new EventTypeIn(
                Uid.checkSegment("name", name),
                Description.required(fields),
                fields.bool("archived", false),
                fields.bool("deprecated", false),
                featureFlag(fields),
                EventTypeSchemas.of(fields));
    }

    /** This with those fields changed that are there; a null clears what can be cleared. */
    EventTypeIn patched(JsonFields fields) {
        return new EventTypeIn(
                name,
                Description.of(fields, description),
                fields.bool("archived", archived),
                fields.bool("deprecated", deprecated),
                fields.has("featureFlag") ? featureFlag(fields) : featureFlag,
                fields.has("schemas") ? EventTypeSchemas.of(fields) : schemas);
    }

    /** Holds a patch to the rules, whichever event type it is of. */
    static void checkPatch(JsonFields fields) {
        ANY.patched(fields);
    }

    private static @Nullable String featureFlag(JsonFields fields) {
        return fields.optionalString("featureFlag")
                .map(flag -> Uid.checkName("featureFlag", flag))
                .orElse(null);
    }
}
