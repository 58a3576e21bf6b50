package io.posthorn.delivery;

import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.work.Claimed;

/** A delivery that this node has claimed, with what is needed to send it. */
record DueDelivery(Delivery delivery, Message message, Endpoint endpoint, Application application, String claim) {

    String id() {
        return delivery.id;
    }

    Claimed claimed() {
        return new Claimed(id(), claim);
    }

    String endpointId() {
        return endpoint.id();
    }

    TriggerType trigger() {
        return delivery.trigger();
    }
}
