package io.posthorn.inbound;

import io.posthorn.signature.WebhookRequest;
import io.posthorn.source.Source;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A verified webhook and what its parts say, before it is stored. */
record Arrival(
        Source source,
        WebhookRequest request,
        Optional<String> externalId,
        String eventType,
        Optional<OffsetDateTime> occurredAt) {}
