package io.posthorn.message;

import io.posthorn.endpoint.Endpoint;
import java.util.List;

/**
 * Fired in the transaction that stores a message.
 *
 * @param endpoints whose filters the message passes, disabled ones included
 */
public record MessageCreated(Message message, List<Endpoint> endpoints) {}
