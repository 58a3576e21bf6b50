package io.posthorn.delivery;

import jakarta.json.Json;

/** An attempt as clients see it. */
final class AttemptOut {

    private static final String NO_CONTENT = "{}";

    private AttemptOut() {}

    static String of(Attempt attempt, boolean withContent) {
        return Json.createObjectBuilder()
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
