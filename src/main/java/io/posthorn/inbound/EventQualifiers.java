package io.posthorn.inbound;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
        Stream<Annotation> ofType = patterns(type).stream().map(EventType.Literal::of);
        return Stream.concat(Stream.of(FromSource.Literal.of(source)), ofType)
                .filter(observed::contains)
                .toArray(Annotation[]::new);
    }

    /** {@code a.b.c}, {@code a.b.*}, {@code a.*} and {@code *}. */
    static List<String> patterns(String type) {
        List<String> patterns = new ArrayList<>(List.of(type));
        for (int dot = type.lastIndexOf('.'); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            patterns.add(type.substring(0, dot) + ".*");
        }
        patterns.add("*");
        return patterns.stream().distinct().toList();
    }
}
