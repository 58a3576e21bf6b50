package io.posthorn.message;

import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.TimeWindow;
import jakarta.ws.rs.core.UriInfo;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of an application's messages a list shows.
 *
 * @param eventTypes empty for all
 */
record MessageFilter(Set<String> eventTypes, Optional<String> channel, Optional<String> tag, TimeWindow time) {

    static MessageFilter of(UriInfo uri, OffsetDateTime now) {
        return new MessageFilter(
                QueryParameters.names(uri, "event_types"),
                QueryParameters.name(uri, "channel"),
                QueryParameters.name(uri, "tag"),
                TimeWindow.of(uri, now));
    }

    /** A JPQL condition over the alias {@code e}; walks {@code posthorn_message_by_app}. */
    String condition() {
        return "e.createdAt > :after AND e.createdAt < :before"
                + (eventTypes.isEmpty() ? "" : " AND e.eventType IN :eventTypes")
                + channel.map(name -> " AND e.channelsJson LIKE :channel ESCAPE '!'")
                        .orElse("")
                + tag.map(name -> " AND e.tagsJson LIKE :tag ESCAPE '!'").orElse("");
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(Map.of("after", time.after(), "before", time.before()));
        if (!eventTypes.isEmpty()) {
            parameters.put("eventTypes", eventTypes);
        }
        channel.ifPresent(name -> parameters.put("channel", element(name)));
        tag.ifPresent(name -> parameters.put("tag", element(name)));
        return parameters;
    }

    /** A pattern for JSON arrays that have the name; of its letters only the underscore has a meaning in patterns. */
    private static String element(String name) {
        return "%\"" + name.replace("_", "!_") + "\"%";
    }
}
