package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.EndpointOut;
import io.posthorn.message.Message;
import io.posthorn.message.MessageOut;
import io.posthorn.rest.NullableJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;

/** A delivery as clients see it: from its message's side, from its endpoint's, and as such. */
final class DeliveryOut {

    private DeliveryOut() {}

    /** What came of the message at an endpoint. */
    static String destination(Delivery delivery, Endpoint endpoint) {
        AttemptStatus status = lastAttempt(delivery);
        return JSON.createObjectBuilder(EndpointOut.of(endpoint))
                .add("status", status.code())
                .add("statusText", status.text())
                .add("nextAttempt", NullableJson.of(nextAttempt(delivery).orElse(null)))
                .build()
                .toString();
    }

    /** What came of a message at the endpoint. */
    static String attempted(Delivery delivery, Message message, boolean withContent) {
        AttemptStatus status = standing(delivery);
        JsonObjectBuilder outcome =
                JSON.createObjectBuilder().add("status", status.code()).add("statusText", status.text());
        nextAttempt(delivery).ifPresent(time -> outcome.add("nextAttempt", time));
        String fields = MessageOut.of(message, withContent);
        return fields.substring(0, fields.length() - 1) + ","
                + outcome.build().toString().substring(1);
    }

    static JsonObject of(Delivery delivery, Message message) {
        return JSON.createObjectBuilder()
                .add("id", delivery.id)
                .add("appId", message.applicationId())
                .add("msgId", delivery.messageId)
                .add("endpointId", delivery.endpointId)
                .add("eventType", message.eventType())
                .add("state", delivery.status.name().toLowerCase(Locale.ROOT))
                .add("attempts", delivery.attempts)
                .add("reason", NullableJson.of(delivery.reason))
                .add("nextAttempt", NullableJson.of(nextAttempt(delivery).orElse(null)))
                .add("createdAt", delivery.createdAt.toInstant().toString())
                .add("updatedAt", delivery.updatedAt.toInstant().toString())
                .build();
    }

    /** Why a message has no delivery to an endpoint. */
    static JsonObject none(Message message, Endpoint endpoint) {
        return JSON.createObjectBuilder()
                .add("msgId", message.id())
                .add("endpointId", endpoint.id())
                .add("eventType", message.eventType())
                .add("state", "none")
                .add("reason", reasonForNone(message, endpoint))
                .build();
    }

    private static String reasonForNone(Message message, Endpoint endpoint) {
        if (endpoint.createdAt().isAfter(message.createdAt())) {
            return "the endpoint is newer than the message";
        }
        return endpoint.whyNot(message.eventType(), message.channels())
                .orElse("the endpoint did not subscribe to it when it came");
    }

    private static AttemptStatus lastAttempt(Delivery delivery) {
        if (delivery.status == DeliveryStatus.PENDING) {
            return delivery.succeeded ? AttemptStatus.SUCCESS : AttemptStatus.FAIL;
        }
        return standing(delivery);
    }

    private static AttemptStatus standing(Delivery delivery) {
        return switch (delivery.status) {
            case PENDING -> AttemptStatus.SENDING;
            case SUCCEEDED -> AttemptStatus.SUCCESS;
            case FAILED -> AttemptStatus.FAIL;
            case CANCELED -> AttemptStatus.CANCELED;
        };
    }

    /** While an attempt is on its way, nobody knows yet whether there will be another. */
    private static Optional<String> nextAttempt(Delivery delivery) {
        return delivery.claim == null
                ? Optional.ofNullable(delivery.dueAt)
                        .map(time -> time.toInstant().toString())
                : Optional.empty();
    }
}
