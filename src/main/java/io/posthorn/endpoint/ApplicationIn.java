package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of an application.
 *
 * @param plainSignature whether its endpoints get the plain scheme beside the standard one; a field of Posthorn's own
 */
record ApplicationIn(
        String name,
        @Nullable String uid,
        @Nullable Integer throttleRate,
        Map<String, String> metadata,
        boolean plainSignature) {

    private static final String PLAIN_SIGNATURE = "plainSignature";

    static ApplicationIn of(JsonFields fields) {
        return new ApplicationIn(
                name(fields),
                uid(fields),
                ThrottleRate.of(fields),
                Metadata.of(fields),
                fields.bool(PLAIN_SIGNATURE, false));
    }

    /** This with those fields changed that are there; a null clears what can be cleared. */
    ApplicationIn patched(JsonFields fields) {
        return new ApplicationIn(
                fields.has("name") ? name(fields) : name,
                fields.has("uid") ? uid(fields) : uid,
                ThrottleRate.patched(fields, throttleRate),
                fields.has("metadata") ? Metadata.of(fields) : metadata,
                fields.bool(PLAIN_SIGNATURE, plainSignature));
    }

    private static String name(JsonFields fields) {
        String name = fields.requiredString("name");
        if (name.isEmpty()) {
            throw ApiException.invalid("name", "must have at least one character");
        }
        return Description.check("name", name);
    }

    private static @Nullable String uid(JsonFields fields) {
        return fields.optionalString("uid")
                .map(uid -> Uid.check("uid", uid, Application.ID_PREFIX))
                .orElse(null);
    }
}
