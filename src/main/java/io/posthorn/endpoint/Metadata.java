package io.posthorn.endpoint;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import jakarta.json.JsonObject;
import java.util.Map;

/** Strings that a client keeps with an application or endpoint, at most 4,096 bytes as compact JSON. */
final class Metadata {

    private static final int MAX_BYTES = 4_096;

    private Metadata() {}

    static Map<String, String> of(JsonFields fields) {
        Map<String, String> metadata = fields.strings("metadata");
        if (toJson(metadata).toString().getBytes(UTF_8).length > MAX_BYTES) {
            throw ApiException.invalid("metadata", "must be at most " + MAX_BYTES + " bytes as JSON");
        }
        return metadata;
    }

    static JsonObject toJson(Map<String, String> metadata) {
        return JSON.createObjectBuilder(Map.copyOf(metadata)).build();
    }
}
