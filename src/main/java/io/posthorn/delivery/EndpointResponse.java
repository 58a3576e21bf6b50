package io.posthorn.delivery;

/**
 * An endpoint's answer.
 *
 * @param body its beginning, at most {@link BoundedResponseConsumer#MAX_BODY_BYTES} bytes
 */
public record EndpointResponse(int status, String body) {}
