package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which dead letters of an organization are meant.
 *
 * @param eventTypes empty for all
 * @param since when the delivery was planned, inclusive
 * @param until exclusive
 */
record DeadLetterFilter(
        String organizationId,
        Optional<String> applicationId,
        Optional<String> endpointId,
        Set<String> eventTypes,
        Optional<OffsetDateTime> since,
        Optional<OffsetDateTime> until) {

    /** A JPQL condition over the alias {@code e}; walks {@code posthorn_delivery_dead}. */
    String condition() {
        return "e.organizationId = :organization AND e.status = io.posthorn.delivery.DeliveryStatus.FAILED"
                + endpointId.map(id -> " AND e.endpointId = :endpoint").orElse("")
                + since.map(time -> " AND e.createdAt >= :since").orElse("")
                + until.map(time -> " AND e.createdAt < :until").orElse("")
                + (applicationId.isEmpty() && eventTypes.isEmpty()
                        ? ""
                        : " AND EXISTS (SELECT m.id FROM Message m WHERE m.id = e.messageId"
                                + applicationId
                                        .map(id -> " AND m.applicationId = :application")
                                        .orElse("")
                                + (eventTypes.isEmpty() ? "" : " AND m.eventType IN :eventTypes") + ")");
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(Map.of("organization", organizationId));
        applicationId.ifPresent(id -> parameters.put("application", id));
        endpointId.ifPresent(id -> parameters.put("endpoint", id));
        since.ifPresent(time -> parameters.put("since", time));
        until.ifPresent(time -> parameters.put("until", time));
        if (!eventTypes.isEmpty()) {
            parameters.put("eventTypes", eventTypes);
        }
        return parameters;
    }

    JsonObject toJson() {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("orgId", organizationId);
        applicationId.ifPresent(id -> json.add("appId", id));
        endpointId.ifPresent(id -> json.add("endpointId", id));
        since.ifPresent(time -> json.add("since", time.toString()));
        until.ifPresent(time -> json.add("until", time.toString()));
        if (!eventTypes.isEmpty()) {
            json.add("eventTypes", JSON.createArrayBuilder(eventTypes));
        }
        return json.build();
    }

    static DeadLetterFilter from(JsonObject json) {
        Set<String> types = json.containsKey("eventTypes")
                ? new HashSet<>(json.getJsonArray("eventTypes").getValuesAs(JsonString::getString))
                : Set.of();
        return new DeadLetterFilter(
                json.getString("orgId"),
                Optional.ofNullable(json.getString("appId", null)),
                Optional.ofNullable(json.getString("endpointId", null)),
                types,
                Optional.ofNullable(json.getString("since", null)).map(OffsetDateTime::parse),
                Optional.ofNullable(json.getString("until", null)).map(OffsetDateTime::parse));
    }
}
