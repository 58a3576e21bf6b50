package io.posthorn.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Writes JSON as bytes, so that no provider of the server has a say in it: the two servers bring different ones, which
 * would differ in nulls, numbers and content types.
 */
public final class JsonResponse {

    private JsonResponse() {}

    public static Response of(int status, JsonValue json) {
        return of(status, json.toString());
    }

    public static Response of(int status, String json) {
        return Response.status(status)
                .entity(json.getBytes(UTF_8))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
