package io.posthorn.bench;

/** Something that is measured, round by round, and said as a ratio. */
interface Measurement {

    /** What it is called in {@code posthorn.bench.figures}. */
    String name();

    /** Called once, before the first round. */
    default void prepare() {}

    /** One round. */
    void measure(Figures into);

    /** Called once, after the last round. */
    default void cleanUp() {}

    /** Called once, after everything. */
    void addRatios(Figures figures);
}
