package io.posthorn.message;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import java.time.Period;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message before it is stored.
 *
 * @param retention how long its content is kept; {@code null} leaves that to the installation
 */
record NewMessage(
        String eventType,
        @Nullable String eventId,
        @Nullable Set<String> channels,
        @Nullable Set<String> tags,
        @Nullable Period retention,
        MessageContent content) {

    private static final int MAX_NAMES = 5;
    private static final String RETENTION = "payloadRetentionPeriod";
    private static final int MIN_RETENTION_DAYS = 5;
    private static final int MAX_RETENTION_DAYS = 90;

    NewMessage {
        Uid.checkName("eventType", eventType);
        if (eventId != null) {
            Uid.check("eventId", eventId, Message.ID_PREFIX);
        }
        checkNames("channels", channels);
        checkNames("tags", tags);
    }

    /** @param payload the text of a JSON value, sent as it is */
    static NewMessage ofJson(String eventType, String payload) {
        return new NewMessage(eventType, null, null, null, null, MessageContent.ofJson(payload));
    }

    static NewMessage of(RawMessage raw) {
        MessageContent content = new MessageContent(raw.body(), raw.contentType(), raw.headers());
        return new NewMessage(raw.eventType(), raw.eventId(), null, null, null, content);
    }

    static NewMessage of(JsonFields fields) {
        return new NewMessage(
                fields.requiredString("eventType"),
                fields.optionalString("eventId").orElse(null),
                fields.optionalStrings("channels").orElse(null),
                fields.optionalStrings("tags").orElse(null),
                retention(fields),
                MessageContent.of(fields));
    }

    private static void checkNames(String field, @Nullable Set<String> names) {
        if (names != null) {
            if (names.isEmpty() || names.size() > MAX_NAMES) {
                throw ApiException.invalid(field, "must have 1 to " + MAX_NAMES + " entries");
            }
            names.forEach(name -> Uid.checkName(field, name));
        }
    }

    private static @Nullable Period retention(JsonFields fields) {
        if (!fields.has(RETENTION)) {
            return null;
        }
        int days = fields.requiredInt(RETENTION);
        if (days < MIN_RETENTION_DAYS || days > MAX_RETENTION_DAYS) {
            throw ApiException.invalid(
                    RETENTION, "must be from " + MIN_RETENTION_DAYS + " to " + MAX_RETENTION_DAYS + " days");
        }
        return Period.ofDays(days);
    }
}
