package io.posthorn.rest;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An error of the management API: a status and the body that Svix clients expect with it. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;
    private final transient JsonObject body;
    private final transient Optional<Duration> retryAfter;

    private ApiException(int status, String detail, JsonObject body) {
        this(status, detail, body, Optional.empty());
    }

    private ApiException(int status, String detail, JsonObject body, Optional<Duration> retryAfter) {
        super(detail);
        this.retryAfter = retryAfter;
        this.status = status;
        this.detail = detail;
        this.body = body;
    }

    static ApiException of(int status, String code, String detail) {
        return new ApiException(
                status,
                detail,
                JSON.createObjectBuilder()
                        .add("code", code)
                        .add("detail", detail)
                        .build());
    }

    public static ApiException badRequest(String detail) {
        return of(400, "generic_error", detail);
    }

    public static ApiException unauthorized() {
        return of(401, "authentication_failed", "Invalid token");
    }

    public static ApiException unauthorized(String detail) {
        return of(401, "authentication_failed", detail);
    }

    public static ApiException badRequest(String code, String detail) {
        return of(400, code, detail);
    }

    /** The code has the blank that Svix clients look for. */
    public static ApiException insufficientAccess() {
        return of(403, "insufficient access", "Insufficient access for the given operation.");
    }

    public static ApiException notImplemented(String detail) {
        return of(501, "not_implemented", detail);
    }

    /** @param wait until the next request will be answered */
    public static ApiException tooManyRequests(Duration wait) {
        ApiException plain = of(429, "rate_limit", "Too many requests with this token");
        return new ApiException(plain.status, plain.detail, plain.body, Optional.of(wait));
    }

    public static ApiException notFound() {
        return notFound("Entity not found");
    }

    public static ApiException notFound(String detail) {
        return of(404, "not_found", detail);
    }

    public static ApiException conflict(String detail) {
        return of(409, "conflict", detail);
    }

    public static ApiException conflict(String code, String detail) {
        return of(409, code, detail);
    }

    /** A body whose JSON has the wrong shape. */
    public static ApiException malformed(String field, String message) {
        return unprocessable(
                "value_error.jsondecode", message, field.isEmpty() ? List.of("body") : List.of("body", field));
    }

    /** A body field that breaks a rule. */
    public static ApiException invalid(String field, String message) {
        return unprocessable("value_error", message, List.of("body", field));
    }

    /** A body field that breaks a rule which has a name of its own. */
    public static ApiException invalid(String type, String field, String message) {
        return unprocessable(type, message, List.of("body", field));
    }

    /** A query parameter that breaks a rule. */
    static ApiException invalidQuery(String parameter, String message) {
        return unprocessable("value_error", message, List.of("query", parameter));
    }

    /** A part of the path that breaks a rule. */
    public static ApiException invalidPath(String parameter, String message) {
        return unprocessable("value_error", message, List.of("path", parameter));
    }

    private static ApiException unprocessable(String type, String message, List<String> location) {
        JsonObject item = JSON.createObjectBuilder()
                .add("loc", JSON.createArrayBuilder(location))
                .add("msg", message)
                .add("type", type)
                .build();
        JsonObject body = JSON.createObjectBuilder()
                .add("detail", JSON.createArrayBuilder().add(item))
                .build();
        return new ApiException(422, String.join(".", location) + ": " + message, body);
    }

    /** The same error, of a field that lies within an object of the body. */
    public ApiException within(String object) {
        JsonArray details = body.get("detail") instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
        if (details.isEmpty()) {
            return this;
        }
        JsonObject item = details.getJsonObject(0);
        List<String> location = new ArrayList<>(item.getJsonArray("loc").getValuesAs(JsonString::getString));
        location.add(1, object);
        return unprocessable(item.getString("type"), item.getString("msg"), location);
    }

    public int status() {
        return status;
    }

    /** When the client may come back; empty where that makes no difference. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What was wrong, in a sentence. */
    public String detail() {
        return detail;
    }

    public JsonObject body() {
        return body;
    }
}
