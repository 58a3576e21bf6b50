package io.posthorn.work;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a node knows of things that come and go, so that those which are no more are forgotten in the end: the longest unused
 * one first. As with any map, whoever shares it between threads has to lock it, for looking as well.
 */
public final class Remembered<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int max;

    /** @param max of entries, 1 or more */
    public Remembered(int max) {
        super(16, 0.75f, true);
        this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
    }
}
