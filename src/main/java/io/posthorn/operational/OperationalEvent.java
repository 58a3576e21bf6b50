package io.posthorn.operational;

import io.posthorn.delivery.AttemptAlert;
import io.posthorn.endpoint.EndpointChanged;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of operational webhooks, under the names that a Svix server gives them. */
enum OperationalEvent {
    ENDPOINT_CREATED("endpoint.created", "An endpoint has been created"),
    ENDPOINT_UPDATED("endpoint.updated", "An endpoint has been changed"),
    ENDPOINT_DELETED("endpoint.deleted", "An endpoint has been deleted"),
    ENDPOINT_DISABLED("endpoint.disabled", "An endpoint has been disabled, by hand or after nothing but failures"),
    ENDPOINT_ENABLED("endpoint.enabled", "An endpoint that was disabled has been enabled"),
    ATTEMPT_FAILING("message.attempt.failing", "A message has failed several times and will be tried again"),
    ATTEMPT_EXHAUSTED("message.attempt.exhausted", "A message has failed for good"),
    ATTEMPT_RECOVERED("message.attempt.recovered", "A message has succeeded after several failures"),
    SOURCE_ENDPOINT_DISABLED(
            "ingest.endpoint.disabled",
            "An endpoint of a source has been disabled, by hand or after nothing but failures"),
    SOURCE_ATTEMPT_FAILING(
            "ingest.message.attempt.failing", "An event sent on has failed several times and will be tried again"),
    SOURCE_ATTEMPT_EXHAUSTED("ingest.message.attempt.exhausted", "An event sent on has failed for good"),
    SOURCE_ATTEMPT_RECOVERED(
            "ingest.message.attempt.recovered", "An event sent on has succeeded after several failures");

    private static final String OF_SOURCE = "ingest.";

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

    /** What tells the same of an endpoint of a source; empty if nothing does. */
    Optional<OperationalEvent> ofSource() {
        return Arrays.stream(values())
                .filter(event -> event.type.equals(OF_SOURCE + type))
                .findFirst();
    }

    static OperationalEvent of(EndpointChanged.Kind kind) {
        return valueOf("ENDPOINT_" + kind.name().toUpperCase(Locale.ROOT));
    }

    static OperationalEvent of(AttemptAlert.Kind kind) {
        return valueOf("ATTEMPT_" + kind.name().toUpperCase(Locale.ROOT));
    }
}
