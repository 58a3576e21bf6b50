package io.posthorn.message;

import io.posthorn.config.Internal;
import io.posthorn.config.Settings;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.endpoint.Endpoints;
import io.posthorn.message.MessagesCreated.FanOut;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    Event<MessagesCreated> created;

    @Inject
    Event<MessageExpunged> expunged;

    @Inject
    Ids ids;

    @Inject
    @Internal
    Clock clock;

    /** @throws ApiException 409 if the application has a message of this event id */
    Message publish(Application application, NewMessage in) {
        return publishAll(List.of(new Addressed(application, in))).get(0);
    }

    /**
     * Publishes them with one batch of statements for each table.
     *
     * @return in the same order
     * @throws ApiException 409 if an application has a message of one's event id, or gets two of the same
     */
    List<Message> publishAll(List<Addressed> addressed) {
        requireNewEventIds(addressed);
        return store(addressed.stream()
                .map(each -> {
                    Message message = message(each.application(), each.message());
                    return new FanOut(
                            message, endpoints.subscribedTo(each.application(), message.eventType, message.channels()));
                })
                .toList());
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
        requireNewEventIds(List.of(new Addressed(application, in)));
        Message message = message(application, in);
        boolean accepted = endpoint.accepts(message.eventType, message.channels());
        return store(List.of(new FanOut(message, accepted ? List.of(endpoint) : List.of())))
                .get(0);
    }

    private List<Message> store(List<FanOut> fanOuts) {
        List<Message> messages = fanOuts.stream().map(FanOut::message).toList();
        rows.insert(Message.INSERTION, messages);
        created.fire(new MessagesCreated(fanOuts));
        return messages;
    }

    private void requireNewEventIds(List<Addressed> addressed) {
        Set<List<String>> seen = new HashSet<>();
        for (Addressed each : addressed) {
            String eventId = each.message().eventId();
            if (eventId != null
                    && (!seen.add(List.of(each.application().id(), eventId))
                            || find(each.application(), eventId).isPresent())) {
                throw ApiException.conflict("A message with this eventId exists");
            }
        }
    }

    private Message message(Application application, NewMessage in) {
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

    /** A message and the application that it goes to. */
    record Addressed(Application application, NewMessage message) {}
}
