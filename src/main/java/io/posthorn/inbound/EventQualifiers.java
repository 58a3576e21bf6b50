package io.posthorn.inbound;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import io.posthorn.source.SourceRules;
import java.lang.annotation.Annotation;
import java.util.Set;

/**
 * The qualifiers that an event is fired with: its source, its type, and the patterns that its type matches, as far as an
 * observer names them. Others would find nobody, and the container remembers every combination that it was asked for, tens
 * of thousands of them: senders choose the types, so these would fill its memory.
 */
final class EventQualifiers {

    private final Set<Annotation> observed;

    /** @param observed those that observers have */
    EventQualifiers(Set<Annotation> observed) {
        this.observed = observed;
    }

    Annotation[] of(String type, String source) {
        return observed.stream()
                .filter(qualifier ->
                        qualifier instanceof FromSource of && of.value().equals(source)
                                || qualifier instanceof EventType pattern && SourceRules.matches(pattern.value(), type))
                .toArray(Annotation[]::new);
    }
}
