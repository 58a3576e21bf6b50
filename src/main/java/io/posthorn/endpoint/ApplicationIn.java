package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says of an application. */
record ApplicationIn(
        String name, @Nullable String uid, @Nullable Integer throttleRate, Map<String, String> metadata) {

    static ApplicationIn of(JsonFields fields) {
        String name = fields.requiredString("name");
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.invalid("name", "must have at least one character, and no control characters");
        }
        return new ApplicationIn(
                name,
                fields.optionalString("uid").map(uid -> Uid.check("uid", uid)).orElse(null),
                ThrottleRate.of(fields),
                Metadata.of(fields));
    }
}
