package io.posthorn.it;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An OpenAPI document of Svix, without its prose, and what it says of answers: status codes, and the shapes of their
 * bodies.
 */
final class SvixContract {

    static final SvixContract SERVER = new SvixContract("svix-openapi.json");

    /** What Svix's hosted service has and its server has not: more operations, and the operational webhooks. */
    static final SvixContract OPERATIONS = new SvixContract("svix-operations-openapi.json");

    /** Of sources of the types that Svix knows. */
    static final SvixContract INGEST = new SvixContract("svix-ingest-openapi.json");

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getOpenApi30());

    private final JsonObject document;
    private final Map<JsonValue, Schema> schemas = new ConcurrentHashMap<>();

    private SvixContract(String resource) {
        document = read(resource);
    }

    String document() {
        return document.toString();
    }

    /** What is wrong with an answer of the management API; empty if nothing is, or no document speaks of the operation. */
    static Optional<String> violationOfAny(String method, String path, int status, String body) {
        return SERVER.violation(method, path, status, body).or(() -> OPERATIONS.violation(method, path, status, body));
    }

    /** What is wrong with the body of a webhook; empty if nothing is. */
    Optional<String> violation(JsonObject webhook) {
        JsonObject operation = document.getJsonObject("webhooks").getJsonObject(webhook.getString("type"));
        return operation == null
                ? Optional.of("a type that is not in the document in " + webhook)
                : validate(operation.getJsonObject("post").getJsonObject("requestBody"), webhook.toString())
                        .map(wrong -> wrong + " in " + webhook);
    }

    /** What is wrong with an answer; empty if nothing is, or the document does not speak of the operation. */
    Optional<String> violation(String method, String path, int status, String body) {
        return operation(method, path)
                .map(operation -> operation.getJsonObject("responses"))
                .flatMap(responses -> violation(responses, status, body))
                .map(wrong -> method + " " + path + " answered " + status + ": " + wrong + " in " + body);
    }

    private Optional<String> violation(JsonObject responses, int status, String body) {
        String code = Integer.toString(status);
        if (!responses.containsKey(code)) {
            // The document leaves out some errors that the server makes, and the success of some operations.
            return status >= 200 && status < 300 && status != 204
                    ? Optional.of("a status that is not in the document")
                    : Optional.empty();
        }
        return responses.getJsonObject(code).containsKey("content")
                ? validate(responses.getJsonObject(code), body)
                : Optional.of("a body where there should be none").filter(wrong -> !body.isEmpty());
    }

    private Optional<String> validate(JsonObject described, String body) {
        JsonValue schema = described
                .getJsonObject("content")
                .getJsonObject("application/json")
                .get("schema");
        List<Error> errors = schemas.computeIfAbsent(schema, this::schema).validate(body, InputFormat.JSON);
        return errors.stream().findFirst().map(Error::toString);
    }

    private Schema schema(JsonValue schema) {
        String text = Json.createObjectBuilder()
                .add("allOf", Json.createArrayBuilder().add(schema))
                .add("components", document.getJsonObject("components"))
                .build()
                .toString();
        return REGISTRY.getSchema(text, InputFormat.JSON);
    }

    /** Of all operations, but those that no SDK calls. */
    Set<String> operations() {
        return document.getJsonObject("paths").entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().asJsonObject().keySet().stream().map(method -> name(method, entry)))
                .filter(name -> !name.startsWith("HEAD ") && !name.endsWith("/health/ping"))
                .collect(Collectors.toSet());
    }

    /** The name of the operation that a request asks for; empty if the document does not speak of it. */
    Optional<String> name(String method, String path) {
        return entry(method, path).map(entry -> name(method, entry));
    }

    private static String name(String method, Map.Entry<String, JsonValue> entry) {
        return method.toUpperCase(Locale.ROOT) + " " + entry.getKey();
    }

    private Optional<JsonObject> operation(String method, String path) {
        return entry(method, path)
                .map(entry -> entry.getValue().asJsonObject().getJsonObject(method.toLowerCase(Locale.ROOT)));
    }

    private Optional<Map.Entry<String, JsonValue>> entry(String method, String path) {
        String bare = path.replaceFirst("\\?.*", "").replaceFirst("/$", "");
        return document.getJsonObject("paths").entrySet().stream()
                .filter(entry -> Pattern.matches(entry.getKey().replaceAll("\\{[a-z_]+}", "[^/]+"), bare))
                .filter(entry -> entry.getValue().asJsonObject().containsKey(method.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static JsonObject read(String resource) {
        try (InputStream stream = SvixContract.class.getResourceAsStream(resource);
                JsonReader reader = Json.createReader(stream)) {
            return reader.readObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
