package io.posthorn.endpoint;

import java.time.OffsetDateTime;

/**
 * Fired in the transaction in which an endpoint that was enabled is disabled.
 *
 * @param failSince when the first of the failures was that it has had since its last success; now, where there is none
 *     before this moment
 */
public record EndpointDisabled(Application application, Endpoint endpoint, Trigger trigger, OffsetDateTime failSince) {

    /** Who disabled it. */
    public enum Trigger {
        /** Somebody, by an operation. */
        MANUAL,
        /** Posthorn, since it failed. */
        AUTOMATIC
    }

    /** @param now where nothing has failed yet */
    public static EndpointDisabled of(Application application, Endpoint endpoint, Trigger trigger, OffsetDateTime now) {
        return new EndpointDisabled(
                application, endpoint, trigger, endpoint.failingSince().orElse(now));
    }
}
