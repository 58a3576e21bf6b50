package io.posthorn.examples.shop;

import io.posthorn.EventType;
import io.posthorn.WebhookEvent;
import io.posthorn.Webhooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Books payments. Posthorn calls it in a transaction: the order, the message about it and the mark "processed" on the
 * event are committed together or not at all, however often the provider sends.
 */
@ApplicationScoped
class Cashier {

    @Inject
    Orders orders;

    @Inject
    Webhooks webhooks;

    void paid(@Observes @EventType("payment.succeeded") WebhookEvent event) {
        Payment payment = event.dataAs(Payment.class);
        orders.add(new Order(payment));
        webhooks.publish("order.paid", payment);
        // Checked last to show the rollback: the order is written by now, the message published, and both vanish.
        if (payment.amount().signum() <= 0) {
            throw new PaymentRefusedException(payment);
        }
    }
}
