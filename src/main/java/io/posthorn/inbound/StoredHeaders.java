package io.posthorn.inbound;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.signature.RequestHeaders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps the headers of a webhook as a JSON object of arrays, without those that carry credentials. */
final class StoredHeaders {

    /** Whatever the source: one that verifies nothing does not say that its sender's token is a secret. */
    private static final Set<String> CREDENTIALS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "x-gitlab-token",
            "x-api-key",
            "x-auth-token",
            "x-vapi-secret");

    private StoredHeaders() {}

    /** @param secret other headers that carry credentials, in lower case */
    static String toJson(RequestHeaders headers, Set<String> secret) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        headers.asMap().forEach((name, values) -> {
            if (!CREDENTIALS.contains(name) && !secret.contains(name)) {
                json.add(name, JSON.createArrayBuilder(values));
            }
        });
        return json.build().toString();
    }

    static Map<String, List<String>> fromJson(String text) {
        Map<String, List<String>> headers = new TreeMap<>();
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            json.keySet()
                    .forEach(name -> headers.put(name, json.getJsonArray(name).getValuesAs(JsonString::getString)));
        }
        return Map.copyOf(headers);
    }
}
