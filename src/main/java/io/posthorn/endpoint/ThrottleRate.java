package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import org.jspecify.annotations.Nullable;

/** Messages a second. {@code rateLimit} is the older name of {@code throttleRate}; given both, the newer wins. */
final class ThrottleRate {

    private static final int MAX = 65_535;

    private ThrottleRate() {}

    static @Nullable Integer of(JsonFields fields) {
        Integer older = check("rateLimit", fields);
        Integer newer = check("throttleRate", fields);
        return newer != null ? newer : older;
    }

    /** Here a null of either name clears it; the newer wins all the same. */
    static @Nullable Integer patched(JsonFields fields, @Nullable Integer old) {
        Integer older = fields.has("rateLimit") ? check("rateLimit", fields) : old;
        return fields.has("throttleRate") ? check("throttleRate", fields) : older;
    }

    private static @Nullable Integer check(String field, JsonFields fields) {
        return fields.optionalInt(field)
                .map(rate -> {
                    if (rate < 1 || rate > MAX) {
                        throw ApiException.invalid(field, "must be from 1 to " + MAX);
                    }
                    return rate;
                })
                .orElse(null);
    }
}
