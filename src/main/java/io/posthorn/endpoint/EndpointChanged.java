package io.posthorn.endpoint;

import java.util.Optional;

/** Fired in the transaction in which somebody creates, changes, enables or deletes an endpoint. */
public record EndpointChanged(Kind kind, Application application, String endpointId, Optional<String> endpointUid) {

    /** What was done. */
    public enum Kind {
        CREATED,
        UPDATED,
        /** Beside the change, if it was disabled before. */
        ENABLED,
        DELETED
    }

    static EndpointChanged of(Kind kind, Application application, Endpoint endpoint) {
        return new EndpointChanged(kind, application, endpoint.id, endpoint.uid());
    }
}
