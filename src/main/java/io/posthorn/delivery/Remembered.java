package io.posthorn.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of endpoints, so that those which are no more are forgotten in the end: the longest unused one first. */
final class Remembered<V> extends LinkedHashMap<String, V> {

    static final int MAX = 10_000;

    private static final long serialVersionUID = 1L;

    Remembered() {
        super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MAX;
    }
}
