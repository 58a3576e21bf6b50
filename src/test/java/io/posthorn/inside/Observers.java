package io.posthorn.inside;

import static jakarta.enterprise.event.TransactionPhase.AFTER_FAILURE;
import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;
import static jakarta.enterprise.event.TransactionPhase.BEFORE_COMPLETION;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import io.posthorn.OutboundMessage;
import io.posthorn.WebhookEvent;
import io.posthorn.Webhooks;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An application's observers. Each notes what it was called with. */
@ApplicationScoped
public class Observers {

    static final String FAILING = "payment.failing";
    static final String OVERFLOWING = "payment.overflowing";
    static final String FLAKY = "payment.flaky";
    static final String RELAYED = "payment.relayed";
    static final String DOOMED = "payment.doomed";
    static final String TRANSFER_FLAKY = "transfer.flaky";
    static final String TRANSFER_FAILING = "transfer.failing";
    static final String TRANSFER_HELD = "transfer.held";
    static final String STEP_FAILING = "step.failing";
    static final String STEP_HELD = "step.held";
    static final String CONFIRMED = "payment.confirmed";
    static final String QUEUED = "queue.held";
    static final String TILL = "till.closed";

    @Inject
    Ledger ledger;

    @Inject
    Webhooks webhooks;

    @Resource
    TransactionSynchronizationRegistry transaction;

    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();

    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();

    private final Set<String> openTills = ConcurrentHashMap.newKeySet();

    private final Map<String, List<WebhookEvent>> calls = new ConcurrentHashMap<>();

    /** Made now: WildFly finds the resource on no thread that runs tests, whichever of them is first. */
    void create(@Observes @Initialized(ApplicationScoped.class) Object started) {}

    void paid(@Observes @EventType("payment.succeeded") WebhookEvent event) {
        note("type", event);
        ledger.enter("paid " + event.dataAs(Payment.class).order());
    }

    void fromShop(@Observes @FromSource("shop") WebhookEvent event) {
        note("source", event);
    }

    void paidInShop(
            @Observes @FromSource("shop") @EventType("payment.succeeded") WebhookEvent event, EventMetadata metadata) {
        assert metadata.getQualifiers().contains(FromSource.Literal.of("shop"));
        note("both", event);
    }

    /** The first one, so that its work is done before another one fails. */
    void anyPayment(@Observes @Priority(1) @EventType("payment.*") WebhookEvent event) {
        note("pattern", event);
    }

    void failing(@Observes @EventType(FAILING) WebhookEvent event) {
        note("failing", event);
        ledger.enter("failing " + event.id());
        webhooks.publish("never.sent", "an effect of a failing observer " + event.id());
        throw new IllegalStateException("the till is on fire");
    }

    void overflowing(@Observes @EventType(OVERFLOWING) WebhookEvent event) {
        note("overflowing", event);
        ledger.enter("overflowing " + event.id());
        throw new StackOverflowError("turtles all the way down");
    }

    void doomed(@Observes @EventType(DOOMED) WebhookEvent event) {
        note("doomed", event);
        transaction.setRollbackOnly();
    }

    void afterFailure(@Observes(during = AFTER_FAILURE) @EventType(DOOMED) WebhookEvent event) {
        note("after failure", event);
    }

    void afterSuccess(@Observes(during = AFTER_SUCCESS) @EventType(CONFIRMED) WebhookEvent event) {
        note("after success", event);
        ledger.enterAlone("after success " + event.id());
        throw new IllegalStateException("nobody is told");
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

    void relayingLater(@ObservesAsync @EventType(RELAYED) WebhookEvent event) {
        webhooks.publish(OutboundMessage.of("relayed", Map.of()).withEventId("later-of-" + event.id()));
    }

    void relayingAtTheEnd(@Observes(during = BEFORE_COMPLETION) @EventType(RELAYED) WebhookEvent event) {
        webhooks.publish(OutboundMessage.of("relayed", Map.of()).withEventId("end-of-" + event.id()));
    }

    void stepped(@Observes @EventType("step.*") WebhookEvent event) throws InterruptedException {
        steps.add(event.externalId().orElseThrow() + " begins");
        switch (event.type()) {
            case STEP_FAILING -> throw new IllegalStateException("a step in vain");
            case STEP_HELD -> hold(event);
            default -> steps.add(event.externalId().orElseThrow() + " ends");
        }
    }

    void refunded(@ObservesAsync @EventType("refund.*") WebhookEvent event) {
        note("asynchronous " + ledger.status(event.id()), event);
    }

    void refundedInShop(@ObservesAsync @FromSource("shop") @EventType("refund.*") WebhookEvent event) {
        note("asynchronous source", event);
    }

    void transferred(@Observes @EventType("transfer.*") WebhookEvent event) {
        note("transferred", event);
    }

    void transferredSoundly(@ObservesAsync @EventType("transfer.*") WebhookEvent event) {
        note("sound", event);
    }

    void transferredFlakily(@ObservesAsync @EventType(TRANSFER_FLAKY) WebhookEvent event) {
        note("flaky", event);
        if (event.dispatch() == 1) {
            throw new IllegalStateException("not the first time");
        }
    }

    void transferredInVain(@ObservesAsync @EventType(TRANSFER_FAILING) WebhookEvent event) {
        note("in vain", event);
        throw new IllegalStateException("the line is dead");
    }

    void transferredSlowly(@ObservesAsync @EventType(TRANSFER_HELD) WebhookEvent event) throws InterruptedException {
        note("held", event);
        hold(event);
    }

    void queued(@Observes @EventType(QUEUED) WebhookEvent event) throws InterruptedException {
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        try {
            hold(event);
        } finally {
            atWork.decrementAndGet();
        }
    }

    void atTheTill(@Observes @EventType(TILL) WebhookEvent event) {
        note("till", event);
        if (!openTills.contains(event.source())) {
            throw new IllegalStateException("the till is closed");
        }
    }

    private void note(String observer, WebhookEvent event) {
        calls.computeIfAbsent(observer + " " + event.id(), key -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    private void hold(WebhookEvent event) throws InterruptedException {
        held.computeIfAbsent(event.id(), id -> new CountDownLatch(1)).await();
    }

    /** Lets the observers go on that hold an event, now or later. */
    void release(String eventId) {
        held.computeIfAbsent(eventId, id -> new CountDownLatch(1)).countDown();
    }

    /** How many of those that hold events of the type {@link #QUEUED} are at work. */
    int atWork() {
        return atWork.get();
    }

    /** How many of them have been at the same time. */
    int mostAtWork() {
        return mostAtWork.get();
    }

    /** What a source sends to the till has failed so far, and succeeds from now on. */
    void openTill(String source) {
        openTills.add(source);
    }

    /** What happened to the events of the types {@code step.*}, by the ids of their sender. */
    List<String> steps() {
        return steps;
    }

    List<WebhookEvent> calls(String observer, String eventId) {
        return calls.getOrDefault(observer + " " + eventId, List.of());
    }
}
