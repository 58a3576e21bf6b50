package io.posthorn;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message to publish, by {@link Webhooks#publish(OutboundMessage)} or by firing it as a CDI event.
 *
 * @param application the id or uid of the application whose endpoints receive it
 * @param eventType letters, digits, {@code -}, {@code _} and {@code .}, 1 to 256 of them
 * @param data what the event is about: a {@link jakarta.json.JsonValue}, or anything that JSON-B can write
 * @param eventId an id of the caller's own, unique in the application; publishing it twice is an error
 * @param channels at most 5; none reaches the endpoints without a channel filter
 */
public record OutboundMessage(
        String application, String eventType, Object data, Optional<String> eventId, Set<String> channels) {

    /** The uid of the application that {@link #of} addresses; it is made when the first message is published to it. */
    public static final String DEFAULT_APPLICATION = "default";

    public OutboundMessage {
        channels = Set.copyOf(channels);
    }

    /** A message to the default application. */
    public static OutboundMessage of(String eventType, Object data) {
        return new OutboundMessage(DEFAULT_APPLICATION, eventType, data, Optional.empty(), Set.of());
    }

    public OutboundMessage to(String application) {
        return new OutboundMessage(application, eventType, data, eventId, channels);
    }

    public OutboundMessage withEventId(String eventId) {
        return new OutboundMessage(application, eventType, data, Optional.of(eventId), channels);
    }

    /** One that is named twice counts once. */
    public OutboundMessage withChannels(String... channels) {
        return new OutboundMessage(application, eventType, data, eventId, Set.copyOf(List.of(channels)));
    }
}
