package io.posthorn.inbound;

import io.posthorn.rest.Sha256;
import java.util.UUID;

/**
 * What makes two arrivals at one source the same event: the sender's id or, where it gives none, the body itself. Where
 * neither can, nothing does: an event that is handed on twice does less harm than one that is lost.
 */
final class DedupeKey {

    private DedupeKey() {}

    static String of(Arrival arrival) {
        return arrival.externalId().map(id -> "id:" + id).orElseGet(() -> ofBody(arrival));
    }

    private static String ofBody(Arrival arrival) {
        return arrival.repeatable() ? "sha256:" + Sha256.hex(arrival.body()) : "once:" + UUID.randomUUID();
    }
}
