package io.posthorn.message;

import java.util.Map;

/**
 * A message that is sent as the bytes it is given as.
 *
 * @param eventType letters, digits, {@code -}, {@code _} and {@code .}
 * @param eventId unique in the application
 * @param headers that go with it beside those of each endpoint
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two messages
public record RawMessage(
        String eventType, String eventId, byte[] body, String contentType, Map<String, String> headers) {}
