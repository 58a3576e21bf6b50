package io.posthorn.message;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.persistence.Rows;
import io.posthorn.rest.ApiException;
import io.posthorn.rest.Hops;
import io.posthorn.rest.IdPage;
import io.posthorn.rest.Ids;
import io.posthorn.rest.Page;
import io.posthorn.rest.PageRequest;
import io.posthorn.rest.TimeWindow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The messages of an application. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Messages {

    @PersistenceContext(unitName = "posthorn")
    EntityManager entities;

    @Inject
    Rows rows;

    @Inject
    Settings settings;

    @Inject
    Endpoints endpoints;

    @Inject
    Event<MessageCreated> created;

    @Inject
    Event<MessageExpunged> expunged;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    /** @throws ApiException 409 if the application has a message of this event id */
    Message publish(Application application, NewMessage in) {
        Message message = store(application, in);
        created.fire(new MessageCreated(
                message, endpoints.subscribedTo(application, message.eventType, message.channels())));
        return message;
    }

    /**
     * Publishes what Posthorn itself has to say.
     *
     * @param payload the text of a JSON object
     */
    public void publish(Application application, String eventType, String payload) {
        publish(application, NewMessage.ofJson(eventType, payload));
    }

    /** Publishes bytes that came from elsewhere. */
    public void publish(Application application, RawMessage raw) {
        publish(application, NewMessage.of(raw));
    }

    /** Publishes to one endpoint alone, if its filters let the message pass. */
    Message publishTo(Endpoint endpoint, Application application, NewMessage in) {
        Message message = store(application, in);
        boolean accepted = endpoint.accepts(message.eventType, message.channels());
        created.fire(new MessageCreated(message, accepted ? List.of(endpoint) : List.of()));
        return message;
    }

    private Message store(Application application, NewMessage in) {
        if (in.eventId() != null && find(application, in.eventId()).isPresent()) {
            throw ApiException.conflict("A message with this eventId exists");
        }
        Message message = new Message();
        message.id = ids.next(Message.ID_PREFIX);
        message.organizationId = application.organizationId();
        message.applicationId = application.id();
        message.eventType = in.eventType();
        message.eventId = in.eventId();
        message.channels = in.channels();
        message.tags = in.tags();
        message.payload = in.content().bytes();
        message.contentType = in.content().contentType();
        message.headers = in.content().headers().isEmpty() ? null : in.content().headers();
        message.hops = Hops.ofNext();
        message.createdAt = OffsetDateTime.now(clock);
        message.payloadExpiresAt = in.retention() == null
                ? message.createdAt.plus(settings.retention().payload())
                : message.createdAt.plus(in.retention());
        rows.insert(Message.INSERTION, List.of(message));
        return message;
    }

    /** @throws ApiException 404 if there is none */
    public Message get(Application application, String idOrEventId) {
        return find(application, idOrEventId).orElseThrow(ApiException::notFound);
    }

    /** The messages of these ids, by their ids. */
    public Map<String, Message> byId(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : entities.createQuery("SELECT m FROM Message m WHERE m.id IN :ids", Message.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(Message::id, Function.identity()));
    }

    private Optional<Message> find(Application application, String idOrEventId) {
        return entities.createQuery(
                        "SELECT m FROM Message m WHERE m.applicationId = :application"
                                + " AND (m.id = :name OR m.eventId = :name)",
                        Message.class)
                .setParameter("application", application.id())
                .setParameter("name", idOrEventId)
                .getResultStream()
                .findFirst();
    }

    /** Newest first. */
    Page<Message> list(Application application, MessageFilter filter, TimeWindow time, PageRequest page) {
        Map<String, Object> parameters = new HashMap<>(filter.parameters());
        parameters.putAll(time.parameters());
        parameters.put("application", application.id());
        return IdPage.read(
                entities,
                Message.class,
                // Walks posthorn_message_by_app.
                "e.applicationId = :application AND " + time.condition("e.createdAt") + filter.andCondition("e"),
                parameters,
                page,
                true);
    }

    /**
     * Removes the content of a message for good; what is still to be sent of it never will be.
     *
     * @throws ApiException 404 if there is no such message
     */
    void expunge(Application application, String idOrEventId) {
        Message message = get(application, idOrEventId);
        message.expunge();
        expunged.fire(new MessageExpunged(message.id));
    }
}
