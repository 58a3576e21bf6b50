package io.posthorn.endpoint;

import io.posthorn.json.StrictJson;
import io.posthorn.rest.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** What an event of a type looks like: the first of the {@code examples} in version 1 of its schema. */
@ApplicationScoped
public class EventTypeExamples {

    private static final String VERSION = "1";
    private static final String PING = "svix.ping";
    private static final String PING_PAYLOAD = "{\"success\": true}";

    @Inject
    EventTypes eventTypes;

    /**
     * The JSON text of an example.
     *
     * @throws ApiException 404 if there is no such type, 400 if it has no example
     */
    public String of(String organizationId, String eventType) {
        if (eventType.equals(PING)) {
            return PING_PAYLOAD;
        }
        EventTypeDefinition type = eventTypes.get(organizationId, eventType);
        return Optional.ofNullable(type.schemas)
                .map(schemas -> StrictJson.parse(schemas).asJsonObject().get(VERSION))
                .flatMap(EventTypeExamples::example)
                .orElseThrow(() -> ApiException.badRequest(
                        "invalid_scheme", "Version 1 of the event type's schema has no example"));
    }

    private static Optional<String> example(JsonValue schema) {
        return schema instanceof JsonObject object
                        && object.get("examples") instanceof JsonArray examples
                        && !examples.isEmpty()
                ? Optional.of(examples.get(0).toString())
                : Optional.empty();
    }
}
