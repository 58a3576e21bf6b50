package io.posthorn.rest;

import java.time.Duration;

/** How long to wait, as headers tell it: in whole seconds, rounded up, so that nobody comes too early. */
public final class WaitSeconds {

    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    private WaitSeconds() {}

    public static String of(Duration wait) {
        return Long.toString(wait.plus(ALMOST_A_SECOND).toSeconds());
    }
}
