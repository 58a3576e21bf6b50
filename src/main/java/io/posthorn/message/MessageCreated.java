package io.posthorn.message;

import io.posthorn.endpoint.Endpoint;
import java.util.List;

/**
 * Fired in the transaction that stores a message.
 *
 * @param endpoints that the message is to reach
 */
public record MessageCreated(Message message, List<Endpoint> endpoints) {}
