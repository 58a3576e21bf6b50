package io.posthorn.inbound;

import io.posthorn.signature.RequestHeaders;
import io.posthorn.source.Source;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * An event of a verified webhook and what its parts say, before it is stored.
 *
 * @param body of the request or, where it has several events, of this one
 * @param repeatable whether the same body again is the same event again, where there is no id
 * @param orderKey what the events have in common that are dispatched one after the other; empty for no order
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two arrivals
public record Arrival(
        Source source,
        RequestHeaders headers,
        byte[] body,
        Optional<String> externalId,
        boolean repeatable,
        String eventType,
        Optional<OffsetDateTime> occurredAt,
        Optional<String> orderKey) {}
