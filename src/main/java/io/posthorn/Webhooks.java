package io.posthorn;

import java.util.List;

/**
 * Publishes webhooks: {@code @Inject Webhooks webhooks}.
 *
 * <p>Publishing joins the caller's JTA transaction: the webhook leaves if, and only if, that transaction commits.
 * Without one, publishing is a transaction of its own.
 */
public interface Webhooks {

    /**
     * Publishes to every endpoint of the application that is subscribed to the event type. The body that they receive
     * is {@code {"type","timestamp","data"}}.
     *
     * @return the id of the message, {@code msg_…}
     * @throws PublishException if the message breaks a rule, or its application is unknown; the caller's transaction is
     *     then marked for rollback
     */
    String publish(OutboundMessage message);

    /**
     * Publishes many at once, as {@link #publish(OutboundMessage)} does one after the other. Much faster than that: all
     * are written with one batch of statements for each table. They may go to different applications.
     *
     * @return their ids, in their order
     * @throws PublishException as of {@link #publish(OutboundMessage)}, of the first message that breaks a rule, or if
     *     two have the same event id; then none is published
     */
    List<String> publishAll(List<OutboundMessage> messages);

    /** Publishes to the default application. */
    default String publish(String eventType, Object data) {
        return publish(OutboundMessage.of(eventType, data));
    }
}
