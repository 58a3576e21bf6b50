package io.posthorn.faults;

import java.time.Duration;
import java.util.Random;

/** The short form of the fault tests, in every build, or the long one: {@code mvn -Pfaults}. */
final class FaultsForm {

    private static final boolean FULL = Boolean.getBoolean("posthorn.faults.full");

    private FaultsForm() {}

    /** @return how many rounds are made of it */
    static int rounds(int inShort, int inFull) {
        return FULL ? inFull : inShort;
    }

    static Duration duration(Duration inShort, Duration inFull) {
        return FULL ? inFull : inShort;
    }

    /** A generator for random moments, whose seed is printed and can be given. */
    static Random random() {
        long seed = Long.getLong("posthorn.faults.seed", System.nanoTime());
        System.out.println("-Dposthorn.faults.seed=" + seed);
        return new Random(seed);
    }
}
