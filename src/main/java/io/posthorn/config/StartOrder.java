package io.posthorn.config;

/** The priorities of the observers of the application's start, in the order in which they run. */
public final class StartOrder {

    public static final int WORK = 1_000;
    public static final int GREETING = 1_100;

    private StartOrder() {}
}
