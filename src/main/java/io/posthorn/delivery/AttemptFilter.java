package io.posthorn.delivery;

import io.posthorn.message.MessageFilter;
import io.posthorn.rest.QueryParameters;
import io.posthorn.rest.TimeWindow;
import jakarta.ws.rs.core.UriInfo;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which attempts are meant.
 *
 * @param statusClass 200 for the statuses from 200 to 299, and so on; 0 where no answer came
 */
record AttemptFilter(
        Optional<AttemptStatus> status, Optional<Integer> statusClass, MessageFilter messages, TimeWindow time) {

    private static final Set<Integer> CLASSES = Set.of(0, 100, 200, 300, 400, 500);
    /** From the first status of a class to that of the next. */
    static final int CLASS_SIZE = 100;

    static AttemptFilter of(UriInfo uri, OffsetDateTime now) {
        return new AttemptFilter(
                AttemptStatus.of(uri),
                QueryParameters.parse(uri, "status_code_class", text -> statusClass(Integer.parseInt(text))),
                MessageFilter.of(uri),
                TimeWindow.of(uri, now));
    }

    /** @throws IllegalArgumentException if there is no such class */
    static int statusClass(int code) {
        if (!CLASSES.contains(code)) {
            throw new IllegalArgumentException("No class of statuses " + code);
        }
        return code;
    }

    /** A JPQL condition over the alias {@code e}. */
    String condition() {
        return time.condition("e.createdAt")
                + status.map(wanted -> " AND e.status = :status").orElse("")
                + statusClass
                        .map(wanted -> " AND e.responseStatus >= :classFrom AND e.responseStatus < :classEnd")
                        .orElse("")
                + (messages.isEmpty()
                        ? ""
                        : " AND EXISTS (SELECT m.id FROM Message m WHERE m.id = e.messageId"
                                + messages.andCondition("m") + ")");
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(time.parameters());
        parameters.putAll(messages.parameters());
        status.ifPresent(wanted -> parameters.put("status", wanted));
        statusClass.ifPresent(from -> {
            parameters.put("classFrom", from);
            parameters.put("classEnd", from + CLASS_SIZE);
        });
        return parameters;
    }
}
