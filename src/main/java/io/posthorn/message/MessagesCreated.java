package io.posthorn.message;

import io.posthorn.endpoint.Endpoint;
import java.util.List;

/** Fired in the transaction that stores messages, once for those that are stored together. */
public record MessagesCreated(List<FanOut> fanOuts) {

    /**
     * Where a message goes.
     *
     * @param endpoints whose filters the message passes, disabled ones included
     */
    public record FanOut(Message message, List<Endpoint> endpoints) {}
}
