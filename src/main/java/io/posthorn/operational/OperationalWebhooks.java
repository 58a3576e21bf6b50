package io.posthorn.operational;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.access.Organizations;
import io.posthorn.config.StartOrder;
import io.posthorn.config.Starting;
import io.posthorn.delivery.AttemptAlert;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.EndpointChanged;
import io.posthorn.endpoint.EndpointDisabled;
import io.posthorn.endpoint.EventTypeRegistry;
import io.posthorn.forward.SourceApplication;
import io.posthorn.message.Messages;
import io.posthorn.rest.NullableJson;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * Publishes what happens to endpoints and attempts, in the transaction in which it happens: to the application of the
 * management organization whose uid is the id of the organization concerned, if there is one.
 */
@ApplicationScoped
class OperationalWebhooks {

    @Inject
    Applications applications;

    @Inject
    EventTypeRegistry eventTypes;

    @Inject
    Messages messages;

    void register(@Observes @Priority(StartOrder.WORK) Starting starting) {
        for (OperationalEvent event : OperationalEvent.values()) {
            eventTypes.register(Organizations.MANAGEMENT, event.type(), event.description());
        }
    }

    void changed(@Observes EndpointChanged change) {
        JsonObjectBuilder data = JSON.createObjectBuilder()
                .add("endpointId", change.endpointId())
                .add("endpointUid", NullableJson.of(change.endpointUid().orElse(null)));
        publish(OperationalEvent.of(change.kind()), change.application(), data);
    }

    void disabled(@Observes EndpointDisabled disabled) {
        JsonObjectBuilder data = JSON.createObjectBuilder()
                .add("endpointId", disabled.endpoint().id())
                .add("endpointUid", NullableJson.of(disabled.endpoint().uid().orElse(null)))
                .add("failSince", disabled.failSince().toInstant().toString())
                .add("trigger", disabled.trigger().name().toLowerCase(Locale.ROOT))
                .add(
                        "reason",
                        NullableJson.of(disabled.endpoint().disabledReason().orElse(null)));
        publish(OperationalEvent.ENDPOINT_DISABLED, disabled.application(), data);
    }

    void attempted(@Observes AttemptAlert alert) {
        JsonObjectBuilder data = JSON.createObjectBuilder()
                .add("msgId", alert.message().id())
                .add("msgEventId", NullableJson.of(alert.message().eventId().orElse(null)))
                .add("eventType", alert.message().eventType())
                .add("endpointId", alert.endpoint().id())
                .add(
                        "lastAttempt",
                        JSON.createObjectBuilder()
                                .add("id", alert.attemptId())
                                .add("responseStatusCode", alert.responseStatus())
                                .add("timestamp", alert.timestamp().toString()));
        publish(OperationalEvent.of(alert.kind()), alert.application(), data);
    }

    private void publish(OperationalEvent event, Application application, JsonObjectBuilder data) {
        if (application.organizationId().equals(Organizations.MANAGEMENT)) {
            // A failing receiver of these would else be told of itself, without end.
            return;
        }
        Optional<String> source = SourceApplication.sourceOf(application);
        if (source.isPresent()) {
            // Svix tells less of the endpoints of sources.
            event.ofSource()
                    .ifPresent(same -> send(
                            same,
                            application,
                            JSON.createObjectBuilder()
                                    .add("sourceId", source.get())
                                    .addAll(data)));
        } else {
            send(event, application, of(application).addAll(data));
        }
    }

    private static JsonObjectBuilder of(Application application) {
        return JSON.createObjectBuilder()
                .add("appId", application.id())
                .add("appUid", NullableJson.of(application.uid().orElse(null)));
    }

    private void send(OperationalEvent event, Application application, JsonObjectBuilder data) {
        String payload = JSON.createObjectBuilder()
                .add("type", event.type())
                .add("data", data)
                .build()
                .toString();
        applications
                .find(Organizations.MANAGEMENT, application.organizationId())
                .ifPresent(receiver -> messages.publish(receiver, event.type(), payload));
    }
}
