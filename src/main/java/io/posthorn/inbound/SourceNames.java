package io.posthorn.inbound;

import io.posthorn.source.SourceCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** For one look at some events of one organization, what their sources are called now. */
final class SourceNames {

    private final SourceCatalogue sources;

    private final Map<String, Optional<String>> byInbox = new HashMap<>();

    SourceNames(SourceCatalogue sources) {
        this.sources = sources;
    }

    /** Where the source is there no more, what it was called when the event came. */
    String of(InboxEvent event) {
        return byInbox.computeIfAbsent(event.source, inbox -> sources.nameOf(event.organizationId, inbox))
                .orElseGet(event::sourceNameOnArrival);
    }
}
