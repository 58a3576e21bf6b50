package io.posthorn.source;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What was made of texts, as long as they are used: those that were not used for longest are forgotten first. */
final class RecentlyUsed<T> {

    private final int maxTexts;
    private final long maxCharacters;

    /** The least recently used first. */
    private final Map<String, T> known = new LinkedHashMap<>(16, 0.75f, true);

    private long characters;

    /** @param maxCharacters of all texts together */
    RecentlyUsed(int maxTexts, long maxCharacters) {
        this.maxTexts = maxTexts;
        this.maxCharacters = maxCharacters;
    }

    /** @param maker whose exceptions are the caller's */
    T get(String text, Function<String, T> maker) {
        // Made outside of the lock: one that takes long holds up nobody, and one made twice does no harm.
        return find(text).orElseGet(() -> remember(text, maker.apply(text)));
    }

    private synchronized Optional<T> find(String text) {
        return Optional.ofNullable(known.get(text));
    }

    private synchronized T remember(String text, T made) {
        if (known.put(text, made) == null) {
            characters += text.length();
        }
        Iterator<String> eldest = known.keySet().iterator();
        while (known.size() > maxTexts || characters > maxCharacters) {
            characters -= eldest.next().length();
            eldest.remove();
        }
        return made;
    }
}
