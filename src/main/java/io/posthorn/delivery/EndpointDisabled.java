package io.posthorn.delivery;

import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;

/** Fired in the transaction in which Posthorn, and not somebody, disables an endpoint. */
public record EndpointDisabled(Application application, Endpoint endpoint) {}
