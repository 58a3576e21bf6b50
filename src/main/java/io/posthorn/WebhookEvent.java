package io.posthorn;

import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A webhook that was received, verified and stored, as it is handed to CDI observers.
 *
 * <p>Observers run inside the JTA transaction that also marks the event as processed: their transactional work and the
 * mark commit together, or neither does. An exception thrown by an observer rolls both back; the event is dispatched
 * again on {@code posthorn.inbound.retry-schedule} and at last becomes a dead letter.
 *
 * <p>Asynchronous observers ({@code @ObservesAsync}) are called once that transaction has committed, outside of it and at
 * least once: after a crash they are called again, and one that fails is called again on the schedule, by itself.
 */
public interface WebhookEvent {

    /** Posthorn's id, {@code evt_…}; the same over all dispatches. */
    String id();

    /** The sender's own id of this delivery; empty where it gives none. */
    Optional<String> externalId();

    /** The event type; {@code unknown} where the body has none. */
    String type();

    /** The name of the source. */
    String source();

    /**
     * The id of the organization that the source belongs to: the default one, unless
     * {@code posthorn.inbound.observed-organizations} names others.
     */
    String organization();

    /** When Posthorn received it. */
    Instant receivedAt();

    /** When it happened, as the sender says; empty where it does not say. */
    Optional<Instant> occurredAt();

    /** The request's headers by lower-case name, credentials left out. */
    Map<String, List<String>> headers();

    /** The body exactly as it was received and signed; a copy. */
    byte[] rawBody();

    /**
     * The whole body as JSON. A form is an object of its fields' texts, those that are empty left out, or, where {@code payload}
     * is its only field, the object in there; {@link JsonValue#NULL} for anything else.
     */
    JsonValue payload();

    /**
     * What the event is about: the member {@code data} of the body where that is an object or an array, as Standard Webhooks
     * recommends, and the whole body elsewhere.
     */
    JsonValue data();

    /**
     * {@link #data()} bound to a class or record by JSON-B.
     *
     * @throws jakarta.json.bind.JsonbException if it does not fit
     */
    <T> T dataAs(Class<T> type);

    /**
     * The same for a type with arguments, such as {@code new TypeLiteral<List<Order>>() {}.getType()}.
     *
     * @param <T> the type that {@code type} stands for; the compiler cannot check that it does
     * @throws jakarta.json.bind.JsonbException if it does not fit
     */
    <T> T dataAs(Type type);

    /** Which dispatch this is: 1 for the first, more for retries. */
    int dispatch();

    /** Whether somebody asked for it to be dispatched anew; its observers may have seen it before. */
    boolean replayed();
}
