package io.posthorn.delivery;

import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import java.time.OffsetDateTime;

/**
 * Fired in the transaction in which Posthorn, and not somebody, disables an endpoint.
 *
 * @param failSince when the first of the failures was that led to it; now, where it was the only one
 */
public record EndpointDisabled(Application application, Endpoint endpoint, OffsetDateTime failSince) {}
