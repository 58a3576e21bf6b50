package io.posthorn;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Narrows an observer of {@link WebhookEvent} to one event type:
 * {@code void paid(@Observes @EventType("payment.succeeded") WebhookEvent event)}, or to those that begin alike:
 * {@code @EventType("payment.*")}, or {@code @EventType("orders/*")} where a sender parts them by something else.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
@Repeatable(EventType.All.class)
public @interface EventType {

    /** The event type; with {@code *} at its end, every type that begins like that. */
    String value();

    /** Several at once: an event has its type and the patterns that it matches. */
    @Documented
    @Retention(RUNTIME)
    @Target({PARAMETER, FIELD, METHOD, TYPE})
    @interface All {

        EventType[] value();
    }

    /** An instance of the annotation, for use with {@code Event.select}. */
    final class Literal extends AnnotationLiteral<EventType> implements EventType {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
