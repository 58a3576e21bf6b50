package io.posthorn.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** What has lined up to be written together. */
final class Group {

    private static final int MAX = 100;

    private Group() {}

    /** Takes the first ones off a queue that nobody else takes from at the moment; empty if it is. */
    static <T> List<T> next(Queue<T> waiting) {
        List<T> group = new ArrayList<>();
        while (group.size() < MAX && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        return group;
    }
}
