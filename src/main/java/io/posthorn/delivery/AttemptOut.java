package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.message.Message;
import io.posthorn.message.MessageOut;
import java.util.Optional;

/** An attempt as clients see it. */
final class AttemptOut {

    private static final String NO_CONTENT = "{}";

    private AttemptOut() {}

    /** @param message what was sent, to be shown with the attempt */
    static String of(Attempt attempt, boolean withContent, Optional<Message> message) {
        String fields = of(attempt, withContent);
        return message.map(sent ->
                        fields.substring(0, fields.length() - 1) + ",\"msg\":" + MessageOut.of(sent, withContent) + "}")
                .orElse(fields);
    }

    static String of(Attempt attempt, boolean withContent) {
        return JSON.createObjectBuilder()
                .add("id", attempt.id)
                .add("msgId", attempt.messageId)
                .add("endpointId", attempt.endpointId)
                .add("url", attempt.url)
                .add("status", attempt.status.code())
                .add("statusText", attempt.status.text())
                .add("responseStatusCode", attempt.responseStatus)
                .add("response", withContent ? attempt.response : NO_CONTENT)
                .add("responseDurationMs", attempt.durationMillis)
                .add("triggerType", attempt.trigger.code())
                .add("timestamp", attempt.createdAt.toInstant().toString())
                .build()
                .toString();
    }
}
