package io.posthorn.it;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonPatch;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An OpenAPI document, and what it says of answers: status codes, and the shapes of their bodies. */
public final class SvixContract {

    /** Of the Svix server, without its prose. */
    static final SvixContract SERVER = new SvixContract("svix-openapi.json", KnownDifferences.OF_BODIES);

    /** What Svix's hosted service has and its server has not: more operations, and the operational webhooks. */
    static final SvixContract OPERATIONS = new SvixContract("svix-operations-openapi.json");

    /** Of sources of the types that Svix knows. */
    static final SvixContract INGEST = new SvixContract("svix-ingest-openapi.json");

    /** Posthorn's own, which decides where Svix has nothing. */
    private static final SvixContract POSTHORN =
            new SvixContract("/io/posthorn/boot/openapi.json", KnownDifferences.OF_BODIES);

    private static final List<SvixContract> IN_THIS_ORDER = List.of(SERVER, OPERATIONS, POSTHORN);

    static final String JSON = "application/json";

    private static final JsonObject ERROR = Json.createObjectBuilder()
            .add("$ref", "#/components/schemas/HttpErrorOut")
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getOpenApi30());

    private final JsonObject published;
    private final JsonObject document;
    private final Map<JsonValue, Schema> schemas = new ConcurrentHashMap<>();

    private SvixContract(String resource) {
        this(resource, Json.createPatchBuilder().build());
    }

    /** @param differences between the document as it is published, and what answers are held to */
    private SvixContract(String resource, JsonPatch differences) {
        published = read(resource);
        document = differences.apply(published);
    }

    /** As it is published. */
    String document() {
        return published.toString();
    }

    /**
     * What is wrong with an answer, whatever was asked for; empty if nothing is. That a server fails is wrong too, unless it
     * is what a document says of an operation; of operations that no document has, nothing else is known.
     */
    public static Optional<String> violationOfAny(
            String method, String path, int status, String contentType, String body) {
        return IN_THIS_ORDER.stream()
                .filter(contract -> contract.operation(method, path).isPresent())
                .findFirst()
                .map(contract -> contract.violation(method, path, status, contentType, body))
                .orElseGet(() -> Optional.of(method + " " + path + " answered " + status + ": " + body)
                        .filter(failure -> status >= 500));
    }

    /** What is wrong with the body of a webhook; empty if nothing is. */
    Optional<String> violation(JsonObject webhook) {
        JsonObject operation = document.getJsonObject("webhooks").getJsonObject(webhook.getString("type"));
        return operation == null
                ? Optional.of("a type that is not in the document in " + webhook)
                : validateContent(
                                operation
                                        .getJsonObject("post")
                                        .getJsonObject("requestBody")
                                        .getJsonObject("content"),
                                JSON,
                                webhook.toString())
                        .map(wrong -> wrong + " in " + webhook);
    }

    /** What is wrong with an answer; empty if nothing is, or the document does not speak of the operation. */
    Optional<String> violation(String method, String path, int status, String contentType, String body) {
        return entry(method, path)
                .flatMap(entry -> violation(
                        name(method, entry),
                        entry.getValue()
                                .asJsonObject()
                                .getJsonObject(method.toLowerCase(Locale.ROOT))
                                .getJsonObject("responses"),
                        status,
                        contentType,
                        body))
                .map(wrong -> method + " " + path + " answered " + status + ": " + wrong + " in " + body);
    }

    private Optional<String> violation(
            String operation, JsonObject responses, int status, String contentType, String body) {
        String code = Integer.toString(status);
        if (responses.containsKey(code)) {
            return violation(resolved(responses.getJsonObject(code)), contentType, body);
        }
        if (!KnownDifferences.isLeftOut(operation, status)) {
            return Optional.of("a status that is not in the document");
        }
        return status < 300 ? withoutBody(body) : validate(ERROR, body);
    }

    private Optional<String> violation(JsonObject response, String contentType, String body) {
        JsonObject content = response.getJsonObject("content");
        if (content == null) {
            return withoutBody(body);
        }
        String type = contentType.replaceFirst(";.*", "");
        return content.containsKey(type)
                ? validateContent(content, type, body)
                : Optional.of("a content type that is not in the document: " + contentType)
                        .filter(unknown -> !content.containsKey("*/*"));
    }

    private static Optional<String> withoutBody(String body) {
        return Optional.of("a body where there should be none").filter(wrong -> !body.isEmpty());
    }

    /** A response, or what it refers to. */
    private JsonObject resolved(JsonObject response) {
        return response.containsKey("$ref")
                ? document.getValue(response.getString("$ref").substring(1)).asJsonObject()
                : response;
    }

    /** A text may be any. */
    private Optional<String> validateContent(JsonObject content, String type, String body) {
        return type.equals(JSON) ? validate(content.getJsonObject(type).get("schema"), body) : Optional.empty();
    }

    private Optional<String> validate(JsonValue schema, String body) {
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

    /** The query parameters of all operations: {@code GET /api/v1/app?limit}. */
    Set<String> parameters() {
        return document.getJsonObject("paths").entrySet().stream()
                .flatMap(path -> path.getValue().asJsonObject().entrySet().stream()
                        .flatMap(method -> parameters(method.getValue().asJsonObject())
                                .map(parameter -> name(method.getKey(), path) + "?" + parameter)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> parameters(JsonObject operation) {
        return operation.getOrDefault("parameters", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().stream()
                .map(JsonValue::asJsonObject)
                .filter(parameter -> parameter.getString("in").equals("query"))
                .map(parameter -> parameter.getString("name"));
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
                // A path without placeholders is the one that is meant.
                .sorted(Comparator.comparingInt(entry -> entry.getKey().split("\\{").length))
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
