package io.posthorn.work;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The values of an SQL {@code IN}. */
public final class InList {

    private InList() {}

    /**
     * Repeats the last value until there are as many as a power of two, so that lists of all lengths make few different
     * statements, each of which the driver and the database then keep prepared.
     */
    public static <T> List<T> padded(Collection<T> values) {
        List<T> padded = new ArrayList<>(values);
        if (!padded.isEmpty()) {
            T last = padded.get(padded.size() - 1);
            padded.addAll(Collections.nCopies(powerOfTwo(padded.size()) - padded.size(), last));
        }
        return padded;
    }

    /** The least that is not less than a positive number. */
    static int powerOfTwo(int number) {
        return number == 1 ? 1 : Integer.highestOneBit(number - 1) << 1;
    }
}
