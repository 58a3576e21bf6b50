package io.posthorn.delivery;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.message.MessageFilter;
import io.posthorn.rest.JsonFields;
import io.posthorn.rest.Uid;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be sent to an endpoint again, as a background task keeps it.
 *
 * @param until exclusive
 */
record ReplayScope(
        String endpointId,
        OffsetDateTime since,
        OffsetDateTime until,
        MessageFilter messages,
        Optional<AttemptStatus> status,
        Optional<Integer> statusClass) {

    static ReplayScope of(String endpointId, OffsetDateTime since, OffsetDateTime until) {
        return new ReplayScope(
                endpointId,
                since,
                until,
                new MessageFilter(Set.of(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty());
    }

    static ReplayScope of(String endpointId, OffsetDateTime now, JsonFields fields) {
        return new ReplayScope(
                endpointId,
                fields.requiredTime("since"),
                fields.optionalTime("until").orElse(now),
                new MessageFilter(
                        names("eventTypes", fields.optionalStrings("eventTypes").orElse(Set.of())),
                        fields.optionalString("channel").map(name -> Uid.checkName("channel", name)),
                        fields.optionalString("tag").map(name -> Uid.checkName("tag", name))),
                fields.optionalInt("status").map(code -> fields.checked("status", () -> AttemptStatus.of(code))),
                fields.optionalInt("statusCodeClass")
                        .map(code -> fields.checked("statusCodeClass", () -> AttemptFilter.statusClass(code))));
    }

    private static Set<String> names(String field, Set<String> names) {
        names.forEach(name -> Uid.checkName(field, name));
        return names;
    }

    JsonObject toJson() {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("endpointId", endpointId)
                .add("since", since.toString())
                .add("until", until.toString());
        if (!messages.eventTypes().isEmpty()) {
            json.add("eventTypes", JSON.createArrayBuilder(messages.eventTypes()));
        }
        messages.channel().ifPresent(channel -> json.add("channel", channel));
        messages.tag().ifPresent(tag -> json.add("tag", tag));
        status.ifPresent(wanted -> json.add("status", wanted.code()));
        statusClass.ifPresent(wanted -> json.add("statusCodeClass", wanted));
        return json.build();
    }

    static ReplayScope from(JsonObject json) {
        Set<String> types = json.containsKey("eventTypes")
                ? json.getJsonArray("eventTypes").getValuesAs(JsonString::getString).stream()
                        .collect(Collectors.toSet())
                : Set.of();
        return new ReplayScope(
                json.getString("endpointId"),
                OffsetDateTime.parse(json.getString("since")),
                OffsetDateTime.parse(json.getString("until")),
                new MessageFilter(
                        types,
                        Optional.ofNullable(json.getString("channel", null)),
                        Optional.ofNullable(json.getString("tag", null))),
                json.containsKey("status") ? Optional.of(AttemptStatus.of(json.getInt("status"))) : Optional.empty(),
                json.containsKey("statusCodeClass") ? Optional.of(json.getInt("statusCodeClass")) : Optional.empty());
    }

    /** A JPQL condition over deliveries {@code d}: what the filters leave of the endpoint's. */
    String condition() {
        return "d.endpointId = :endpoint AND d.attempts > 0 AND EXISTS (SELECT m.id FROM Message m"
                + " WHERE m.id = d.messageId AND m.createdAt >= :since AND m.createdAt < :until"
                + messages.andCondition("m") + ")"
                + status.map(wanted -> Deliveries.andStatus("d", wanted)).orElse("")
                + statusClass
                        .map(from -> " AND EXISTS (SELECT a.id FROM Attempt a WHERE a.endpointId = :endpoint"
                                + " AND a.messageId = d.messageId AND a.responseStatus >= " + from
                                + " AND a.responseStatus < " + (from + AttemptFilter.CLASS_SIZE) + ")")
                        .orElse("");
    }

    Map<String, Object> times() {
        return Map.of("endpoint", endpointId, "since", since, "until", until);
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(times());
        parameters.putAll(messages.parameters());
        return parameters;
    }
}
