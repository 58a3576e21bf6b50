package io.posthorn.message;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message before it is stored.
 *
 * @param payload a JSON object, exactly as it is to be sent
 */
record NewMessage(
        String eventType,
        @Nullable String eventId,
        @Nullable Set<String> channels,
        String payload) {

    private static final int MAX_CHANNELS = 5;

    NewMessage {
        Uid.checkName("eventType", eventType);
        if (eventId != null) {
            Uid.check("eventId", eventId);
        }
        if (channels != null) {
            if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
                throw ApiException.invalid("channels", "must have 1 to " + MAX_CHANNELS + " entries");
            }
            channels.forEach(channel -> Uid.checkName("channels", channel));
        }
    }

    static NewMessage of(JsonFields fields) {
        return new NewMessage(
                fields.requiredString("eventType"),
                fields.optionalString("eventId").orElse(null),
                fields.optionalStrings("channels").orElse(null),
                fields.requiredRawObject("payload"));
    }
}
