package io.posthorn.endpoint;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client says of an endpoint, now and later; secret and headers have operations of their own. */
record EndpointFields(
        @Nullable String uid,
        String url,
        int version,
        String description,
        @Nullable Set<String> eventTypes,
        @Nullable Set<String> channels,
        boolean disabled,
        @Nullable Integer throttleRate,
        Map<String, String> metadata) {

    private static final int MAX_CHANNELS = 10;
    private static final int MAX_VERSION = 65_535;

    /** One that has nothing, for rules that go by what is changed alone. */
    private static final EndpointFields NOTHING =
            new EndpointFields(null, "", 1, "", null, null, false, null, Map.of());

    static EndpointFields of(JsonFields fields, boolean httpsOnly) {
        return new EndpointFields(
                uid(fields),
                url(fields, httpsOnly),
                checkVersion(fields.optionalInt("version").orElse(1)),
                Description.of(fields, ""),
                eventTypes(fields),
                channels(fields),
                fields.bool("disabled", false),
                ThrottleRate.of(fields),
                Metadata.of(fields));
    }

    /** This with those fields changed that are there; a null clears what can be cleared. */
    EndpointFields patched(JsonFields fields, boolean httpsOnly) {
        return new EndpointFields(
                fields.has("uid") ? uid(fields) : uid,
                fields.has("url") ? url(fields, httpsOnly) : url,
                fields.has("version") ? checkVersion(fields.requiredInt("version")) : version,
                Description.of(fields, description),
                hasEventTypes(fields) ? eventTypes(fields) : eventTypes,
                fields.has("channels") ? channels(fields) : channels,
                fields.bool("disabled", disabled),
                ThrottleRate.patched(fields, throttleRate),
                fields.has("metadata") ? Metadata.of(fields) : metadata);
    }

    /** What a patch gives, whichever endpoint it is of; held to the rules. */
    static EndpointFields ofPatch(JsonFields fields, boolean httpsOnly) {
        return NOTHING.patched(fields, httpsOnly);
    }

    /** Whether the client speaks of event types, under the newer name or the older. */
    private static boolean hasEventTypes(JsonFields fields) {
        return fields.has("eventTypes") || fields.has("filterTypes");
    }

    private static @Nullable String uid(JsonFields fields) {
        return fields.optionalString("uid")
                .map(uid -> Uid.check("uid", uid, Endpoint.ID_PREFIX))
                .orElse(null);
    }

    private static String url(JsonFields fields, boolean httpsOnly) {
        return EndpointUrl.normalise("url", fields.requiredString("url"), httpsOnly);
    }

    private static @Nullable Set<String> channels(JsonFields fields) {
        return names("channels", fields, MAX_CHANNELS);
    }

    private static int checkVersion(int version) {
        if (version < 1 || version > MAX_VERSION) {
            throw ApiException.invalid("version", "must be from 1 to " + MAX_VERSION);
        }
        return version;
    }

    /** {@code filterTypes} is the older name of {@code eventTypes}. */
    private static @Nullable Set<String> eventTypes(JsonFields fields) {
        boolean older = fields.has("filterTypes");
        if (older && fields.has("eventTypes")) {
            throw ApiException.malformed("eventTypes", "given beside its older name filterTypes");
        }
        return names(older ? "filterTypes" : "eventTypes", fields, Integer.MAX_VALUE);
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
}
