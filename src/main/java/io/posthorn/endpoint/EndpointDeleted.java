package io.posthorn.endpoint;

/** Fired in the transaction that deletes an endpoint. */
public record EndpointDeleted(String endpointId) {}
