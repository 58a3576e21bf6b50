package io.posthorn.config;

/** The priorities of the observers of the application's start, in the order in which they run. */
public final class StartOrder {

    /** What finds its resources on the thread that starts the application; WildFly knows {@code java:app} on no thread of ours. */
    public static final int RESOURCES = 900;

    public static final int WORK = 1_000;
    public static final int GREETING = 1_100;

    private StartOrder() {}
}
