package io.posthorn.delivery;

import java.util.Optional;

/**
 * An endpoint's answer.
 *
 * @param body its beginning, at most {@link BoundedResponseConsumer#MAX_BODY_BYTES} bytes
 * @param retryAfter the header of that name, unread
 */
record EndpointResponse(int status, String body, Optional<String> retryAfter) {

    EndpointResponse(int status, String body) {
        this(status, body, Optional.empty());
    }
}
