package io.posthorn.forward;

import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Applications;
import io.posthorn.endpoint.ApplicationsBeside;
import io.posthorn.inbound.Arrival;
import io.posthorn.inbound.EventsStored;
import io.posthorn.message.Messages;
import io.posthorn.message.RawMessage;
import io.posthorn.rest.Hops;
import io.posthorn.source.Source;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Publishes what a source has received to its endpoints, in the transaction that stores it: who was answered that a
 * webhook was received can rely on its being sent on, once.
 */
@ApplicationScoped
class Forwarder {

    @Inject
    Applications applications;

    @Inject
    ApplicationsBeside beside;

    @Inject
    Messages messages;

    void forward(@Observes EventsStored stored) {
        Map<String, List<Application>> receivers = new HashMap<>();
        stored.arrivals().forEach((eventId, arrival) -> {
            Source source = arrival.source();
            List<Application> applications = receivers.computeIfAbsent(
                    source.organizationId() + " " + source.id(), unknown -> receiversOf(source));
            if (!applications.isEmpty()) {
                publish(applications, ForwardedEvent.of(eventId, arrival), arrival);
            }
        });
    }

    private List<Application> receiversOf(Source source) {
        Optional<Application> own =
                applications.findWithEndpoints(source.organizationId(), SourceApplication.uid(source.id()));
        Optional<Application> configured =
                source.forwarding().application().map(uid -> beside.getOrCreate(source.organizationId(), uid));
        return Stream.of(own, configured).flatMap(Optional::stream).toList();
    }

    private void publish(List<Application> receivers, RawMessage message, Arrival arrival) {
        Hops.after(
                Hops.of(arrival.headers().first(Hops.HEADER)),
                () -> receivers.forEach(application -> messages.publish(application, message)));
    }
}
