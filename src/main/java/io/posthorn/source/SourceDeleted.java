package io.posthorn.source;

/** Fired in the transaction that deletes a source. */
public record SourceDeleted(String organizationId, String id) {}
