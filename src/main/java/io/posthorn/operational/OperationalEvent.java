package io.posthorn.operational;

import io.posthorn.delivery.AttemptAlert;
import io.posthorn.endpoint.EndpointChanged;
import java.util.Locale;

/** The kinds of operational webhooks, under the names that a Svix server gives them. */
enum OperationalEvent {
    ENDPOINT_CREATED("endpoint.created", "An endpoint has been created"),
    ENDPOINT_UPDATED("endpoint.updated", "An endpoint has been changed"),
    ENDPOINT_DELETED("endpoint.deleted", "An endpoint has been deleted"),
    ENDPOINT_DISABLED("endpoint.disabled", "An endpoint has been disabled, by hand or after nothing but failures"),
    ATTEMPT_FAILING("message.attempt.failing", "A message has failed several times and will be tried again"),
    ATTEMPT_EXHAUSTED("message.attempt.exhausted", "A message has failed for good"),
    ATTEMPT_RECOVERED("message.attempt.recovered", "A message has succeeded after several failures");

    private final String type;
    private final String description;

    OperationalEvent(String type, String description) {
        this.type = type;
        this.description = description;
    }

    String type() {
        return type;
    }

    String description() {
        return description;
    }

    static OperationalEvent of(EndpointChanged.Kind kind) {
        return valueOf("ENDPOINT_" + kind.name().toUpperCase(Locale.ROOT));
    }

    static OperationalEvent of(AttemptAlert.Kind kind) {
        return valueOf("ATTEMPT_" + kind.name().toUpperCase(Locale.ROOT));
    }
}
