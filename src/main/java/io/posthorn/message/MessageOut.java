package io.posthorn.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.rest.NullableJson;
import jakarta.json.Json;

/** A message as clients see it. */
final class MessageOut {

    private MessageOut() {}

    /** JSON in which the payload stands exactly as it was published. */
    static String of(Message message, boolean withContent) {
        String fields = Json.createObjectBuilder()
                .add("id", message.id)
                .add("eventType", message.eventType)
                .add("eventId", NullableJson.of(message.eventId))
                .add("channels", NullableJson.of(message.channels))
                .add("timestamp", message.createdAt.toInstant().toString())
                .build()
                .toString();
        String payload = withContent ? new String(message.payload, UTF_8) : "{}";
        return fields.substring(0, fields.length() - 1) + ",\"payload\":" + payload + "}";
    }
}
