package io.posthorn.message;

import static io.posthorn.json.JsonApi.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.json.StrictJson;
import io.posthorn.rest.NullableJson;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;

/** A message as clients see it. */
public final class MessageOut {

    private static final String EXPUNGED = "{\"expired\":true}";

    private MessageOut() {}

    /** JSON in which the payload stands exactly as it was published. */
    public static String of(Message message, boolean withContent) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("id", message.id)
                .add("eventType", message.eventType)
                .add("eventId", NullableJson.of(message.eventId))
                .add("channels", NullableJson.of(message.channels))
                .add("timestamp", message.createdAt.toInstant().toString());
        if (message.tags != null) {
            json.add("tags", NullableJson.of(message.tags));
        }
        String fields = json.build().toString();
        String payload = withContent ? payload(message) : "{}";
        return fields.substring(0, fields.length() - 1) + ",\"payload\":" + payload + "}";
    }

    private static String payload(Message message) {
        if (!message.hasPayload()) {
            return EXPUNGED;
        }
        String text = new String(message.payload(), UTF_8);
        return message.contentType == null || isJson(text)
                ? text
                : JSON.createValue(text).toString();
    }

    private static boolean isJson(String text) {
        try {
            StrictJson.parse(text);
            return true;
        } catch (JsonException e) {
            return false;
        }
    }
}
