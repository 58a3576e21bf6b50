package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import io.posthorn.signature.SigningSecret;
import io.posthorn.signature.UnusableSecretException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says of a new endpoint. */
record EndpointIn(
        @Nullable String uid,
        String url,
        int version,
        String description,
        @Nullable Set<String> eventTypes,
        @Nullable Set<String> channels,
        boolean disabled,
        @Nullable Integer throttleRate,
        Map<String, String> metadata,
        Optional<SigningSecret> secret) {

    private static final int MAX_CHANNELS = 10;

    static EndpointIn of(JsonFields fields, boolean httpsOnly) {
        return new EndpointIn(
                fields.optionalString("uid").map(uid -> Uid.check("uid", uid)).orElse(null),
                EndpointUrl.normalise(fields.requiredString("url"), httpsOnly),
                version(fields),
                fields.optionalString("description").orElse(""),
                eventTypes(fields),
                names("channels", fields, MAX_CHANNELS),
                fields.bool("disabled", false),
                ThrottleRate.of(fields),
                Metadata.of(fields),
                fields.optionalString("secret").map(EndpointIn::secret));
    }

    private static int version(JsonFields fields) {
        int version = fields.optionalInt("version").orElse(1);
        if (version < 1) {
            throw ApiException.invalid("version", "must be at least 1");
        }
        return version;
    }

    /** {@code filterTypes} is the older name of {@code eventTypes}. */
    private static @Nullable Set<String> eventTypes(JsonFields fields) {
        Set<String> older = names("filterTypes", fields, Integer.MAX_VALUE);
        Set<String> newer = names("eventTypes", fields, Integer.MAX_VALUE);
        if (older != null && newer != null) {
            throw ApiException.malformed("eventTypes", "given beside its older name filterTypes");
        }
        return newer != null ? newer : older;
    }

    private static @Nullable Set<String> names(String field, JsonFields fields, int max) {
        return fields.optionalStrings(field)
                .map(names -> {
                    if (names.isEmpty() || names.size() > max) {
                        throw ApiException.invalid(field, "must have at least one entry" + atMost(max));
                    }
                    names.forEach(name -> Uid.checkName(field, name));
                    return names;
                })
                .orElse(null);
    }

    private static String atMost(int max) {
        return max == Integer.MAX_VALUE ? "" : ", and at most " + max;
    }

    private static SigningSecret secret(String text) {
        try {
            return SigningSecret.parse(text);
        } catch (UnusableSecretException e) {
            throw ApiException.invalid("secret", "must be " + e.allowed());
        }
    }
}
