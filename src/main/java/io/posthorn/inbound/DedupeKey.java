package io.posthorn.inbound;

import io.posthorn.rest.Sha256;

/** What makes two arrivals at one source the same event: the sender's id or, where it gives none, the body itself. */
final class DedupeKey {

    private DedupeKey() {}

    static String of(Arrival arrival) {
        return arrival.externalId().map(id -> "id:" + id).orElseGet(() -> "sha256:" + Sha256.hex(arrival.body()));
    }
}
