package io.posthorn.rest;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Counts the gateways that a webhook has come through, so that one which goes round in a circle is noticed. What is
 * published while a received webhook is at work, on the same thread, has come through one more.
 */
public final class Hops {

    /** Has the count; a request without it has come through none. */
    public static final String HEADER = "posthorn-hops";

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final ThreadLocal<Integer> OF_NEXT = ThreadLocal.withInitial(() -> 0);

    private Hops() {}

    /** What the header says; a count that cannot be read is the greatest there is. */
    public static int of(Optional<String> header) {
        return header.map(text -> COUNT.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE)
                .orElse(0);
    }

    /** Runs what a received webhook sets off. */
    public static void after(int hops, Runnable work) {
        int before = OF_NEXT.get();
        OF_NEXT.set(hops + 1);
        try {
            work.run();
        } finally {
            OF_NEXT.set(before);
        }
    }

    /** Of what is published now. */
    public static int ofNext() {
        return OF_NEXT.get();
    }
}
