package io.posthorn.message;

import static io.posthorn.json.JsonApi.JSON;

import io.posthorn.OutboundMessage;
import io.posthorn.PublishException;
import io.posthorn.Webhooks;
import io.posthorn.access.Organizations;
import io.posthorn.config.Internal;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.ApplicationsBeside;
import io.posthorn.message.Messages.Addressed;
import io.posthorn.persistence.CurrentTransaction;
import io.posthorn.rest.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Publishes in the caller's transaction, for those who inject {@link Webhooks} and those who fire events. */
@ApplicationScoped
@Transactional
class TransactionalWebhooks implements Webhooks {

    @Inject
    Applications applications;

    @Inject
    ApplicationsBeside beside;

    @Inject
    Messages messages;

    @Inject
    CurrentTransaction transaction;

    @Inject
    @Internal
    Clock clock;

    @Inject
    @Internal
    Jsonb jsonb;

    @Override
    public String publish(OutboundMessage message) {
        return publishAll(List.of(message)).get(0);
    }

    @Override
    public List<String> publishAll(List<OutboundMessage> outbound) {
        try {
            return messages.publishAll(outbound.stream().map(this::addressed).toList()).stream()
                    .map(Message::id)
                    .toList();
        } catch (ApiException e) {
            throw new PublishException(e.detail());
        }
    }

    void publishFired(@Observes OutboundMessage message) {
        publish(message);
    }

    private Addressed addressed(OutboundMessage message) {
        NewMessage newMessage = new NewMessage(
                message.eventType(),
                message.eventId().orElse(null),
                message.channels().isEmpty() ? null : message.channels(),
                null,
                null,
                MessageContent.ofJson(envelope(message)));
        return new Addressed(application(message.application()), newMessage);
    }

    private Application application(String idOrUid) {
        return transaction.remember(
                new Published(idOrUid),
                () -> idOrUid.equals(OutboundMessage.DEFAULT_APPLICATION)
                        ? beside.getOrCreate(Organizations.DEFAULT, idOrUid)
                        : applications
                                .find(Organizations.DEFAULT, idOrUid)
                                .orElseThrow(() -> new PublishException("There is no application " + idOrUid)));
    }

    /** The key of an application that a transaction has published to. */
    private record Published(String idOrUid) {}

    /** The payload that Standard Webhooks recommends ("Payload structure"). */
    private String envelope(OutboundMessage message) {
        String type = JSON.createValue(message.eventType()).toString();
        return "{\"type\":" + type + ",\"timestamp\":\"" + clock.instant() + "\",\"data\":" + toJson(message.data())
                + "}";
    }

    private String toJson(Object data) {
        try {
            return data instanceof JsonValue json ? json.toString() : jsonb.toJson(data);
        } catch (JsonbException e) {
            throw new PublishException("The data cannot be written as JSON: " + e.getMessage());
        }
    }
}
