package io.posthorn.forward;

import io.posthorn.inbound.Arrival;
import io.posthorn.message.RawMessage;
import io.posthorn.rest.CustomHeaders;
import io.posthorn.rest.Uid;
import io.posthorn.signature.RequestHeaders;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The message that a received event becomes: the same bytes under the same content type, known by the event's id. */
final class ForwardedEvent {

    /** What can be stored and sent; longer than any real one. */
    private static final Pattern CONTENT_TYPE = Pattern.compile("[\\x20-\\x7E]{1,256}");

    private static final String DEFAULT_CONTENT_TYPE = "application/json";
    private static final String UNKNOWN_CONTENT_TYPE = "application/octet-stream";

    private ForwardedEvent() {}

    static RawMessage of(String eventId, Arrival arrival) {
        return new RawMessage(
                Uid.toName(arrival.eventType()),
                eventId,
                arrival.body(),
                contentType(arrival.headers()),
                headers(arrival.source().forwarding().headers(), arrival.headers()));
    }

    /** A body without one is JSON; else it would not have been taken. */
    private static String contentType(RequestHeaders headers) {
        String given =
                headers.first("Content-Type").filter(type -> !type.isEmpty()).orElse(DEFAULT_CONTENT_TYPE);
        return CONTENT_TYPE.matcher(given).matches() ? given : UNKNOWN_CONTENT_TYPE;
    }

    private static Map<String, String> headers(Set<String> wanted, RequestHeaders received) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : wanted) {
            String value = String.join(", ", received.all(name));
            if (!value.isEmpty() && CustomHeaders.isValue(value)) {
                headers.put(name, value);
            }
        }
        return headers;
    }
}
