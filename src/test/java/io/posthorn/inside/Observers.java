package io.posthorn.inside;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import io.posthorn.OutboundMessage;
import io.posthorn.WebhookEvent;
import io.posthorn.Webhooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's observers. Each notes what it was called with. */
@ApplicationScoped
public class Observers {

    static final String FAILING = "payment.failing";
    static final String FLAKY = "payment.flaky";
    static final String RELAYED = "payment.relayed";

    @Inject
    Ledger ledger;

    @Inject
    Webhooks webhooks;

    private final Map<String, List<WebhookEvent>> calls = new ConcurrentHashMap<>();

    void paid(@Observes @EventType("payment.succeeded") WebhookEvent event) {
        note("type", event);
        ledger.enter("paid " + event.dataAs(Payment.class).order());
    }

    void fromShop(@Observes @FromSource("shop") WebhookEvent event) {
        note("source", event);
    }

    void paidInShop(@Observes @FromSource("shop") @EventType("payment.succeeded") WebhookEvent event) {
        note("both", event);
    }

    void anyPayment(@Observes @EventType("payment.*") WebhookEvent event) {
        note("pattern", event);
    }

    void failing(@Observes @EventType(FAILING) WebhookEvent event) {
        note("failing", event);
        ledger.enter("failing " + event.id());
        webhooks.publish("never.sent", "an effect of a failing observer " + event.id());
        throw new IllegalStateException("the till is on fire");
    }

    void flaky(@Observes @EventType(FLAKY) WebhookEvent event) {
        note("flaky", event);
        ledger.enter("flaky " + event.id());
        if (event.dispatch() == 1) {
            throw new IllegalStateException("not the first time");
        }
    }

    void relaying(@Observes @EventType(RELAYED) WebhookEvent event) {
        webhooks.publish(OutboundMessage.of("relayed", Map.of()).withEventId("of-" + event.id()));
    }

    private void note(String observer, WebhookEvent event) {
        calls.computeIfAbsent(observer + " " + event.id(), key -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    List<WebhookEvent> calls(String observer, String eventId) {
        return calls.getOrDefault(observer + " " + eventId, List.of());
    }
}
