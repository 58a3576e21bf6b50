package io.posthorn.inbound;

import io.posthorn.EventType;
import io.posthorn.FromSource;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;

/** The qualifiers that an event is fired with: its source, its type, and the patterns that its type matches. */
final class EventQualifiers {

    private EventQualifiers() {}

    static Annotation[] of(String type, String source) {
        List<Annotation> qualifiers = new ArrayList<>();
        qualifiers.add(FromSource.Literal.of(source));
        patterns(type).forEach(pattern -> qualifiers.add(EventType.Literal.of(pattern)));
        return qualifiers.toArray(Annotation[]::new);
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
