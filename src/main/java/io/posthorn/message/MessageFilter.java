package io.posthorn.message;

import io.posthorn.rest.QueryParameters;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages are meant.
 *
 * @param eventTypes empty for all
 */
public record MessageFilter(Set<String> eventTypes, Optional<String> channel, Optional<String> tag) {

    /** Reads {@code event_types}, {@code channel} and {@code tag}. */
    public static MessageFilter of(UriInfo uri) {
        return new MessageFilter(
                QueryParameters.names(uri, "event_types"),
                QueryParameters.name(uri, "channel"),
                QueryParameters.name(uri, "tag"));
    }

    /** Whether it is no filter at all. */
    public boolean isEmpty() {
        return eventTypes.isEmpty() && channel.isEmpty() && tag.isEmpty();
    }

    /** What is to follow a JPQL condition on messages; {@link #parameters} go with it. */
    public String andCondition(String alias) {
        return (eventTypes.isEmpty() ? "" : " AND " + alias + ".eventType IN :eventTypes")
                + channel.map(name -> " AND " + alias + ".channelsJson LIKE :channel ESCAPE '!'")
                        .orElse("")
                + tag.map(name -> " AND " + alias + ".tagsJson LIKE :tag ESCAPE '!'")
                        .orElse("");
    }

    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
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
