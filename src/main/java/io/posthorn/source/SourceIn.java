package io.posthorn.source;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a source.
 *
 * @param config the settings of the type, as in the configuration but in camelCase
 */
record SourceIn(String name, @Nullable String uid, String type, JsonObject config, Map<String, String> metadata) {

    private static final int MIN_NAME = 2;
    private static final int MAX_NAME = 256;
    private static final Pattern UID = Pattern.compile("[a-zA-Z0-9_-]{1,60}");

    static SourceIn of(JsonFields fields) {
        return new SourceIn(
                        name(fields),
                        uid(fields),
                        type(fields),
                        changed(JsonValue.EMPTY_JSON_OBJECT, fields),
                        fields.strings("metadata"))
                .checked();
    }

    /** This with those fields changed that are there; so are the members of its config, secrets included. */
    SourceIn patched(JsonFields fields) {
        return new SourceIn(
                        fields.has("name") ? name(fields) : name,
                        fields.has("uid") ? uid(fields) : uid,
                        fields.has("type") ? type(fields) : type,
                        changed(config, fields),
                        fields.has("metadata") ? fields.strings("metadata") : metadata)
                .checked();
    }

    private SourceIn checked() {
        try {
            SvixNames.checkKey(type, config);
            return this;
        } catch (ApiException e) {
            throw e.within("config");
        }
    }

    private static JsonObject changed(JsonObject config, JsonFields fields) {
        return fields.nested("config", members -> SourceConfig.checked(SvixNames.translated(members.object())))
                .map(changes -> SourceConfig.changed(config, changes))
                .orElse(config);
    }

    private static String type(JsonFields fields) {
        String type = fields.requiredString("type");
        SvixTypes.refusal(type).ifPresent(reason -> {
            throw ApiException.invalid("type", "there are no sources of the type " + type + ": " + reason);
        });
        if (!SourceParser.isType(type)) {
            throw ApiException.invalid("type", "must be " + SourceType.allowed() + " or " + SourceParser.UNVERIFIED);
        }
        return type;
    }

    private static String name(JsonFields fields) {
        String name = fields.requiredString("name");
        if (name.length() < MIN_NAME || name.length() > MAX_NAME) {
            throw ApiException.invalid("name", "must have " + MIN_NAME + " to " + MAX_NAME + " characters");
        }
        return name;
    }

    private static @Nullable String uid(JsonFields fields) {
        return fields.optionalString("uid")
                .map(uid -> {
                    if (!UID.matcher(uid).matches() || uid.startsWith(StoredSource.ID_PREFIX)) {
                        throw ApiException.invalid(
                                "uid", "must be 1 to 60 letters, digits, - or _, and not begin with src_");
                    }
                    return uid;
                })
                .orElse(null);
    }
}
