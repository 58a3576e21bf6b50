package io.posthorn.config;

import static java.lang.System.Logger.Level.ERROR;

import java.util.concurrent.atomic.AtomicBoolean;

/** What happens where a setting cannot be used: one line in the log, and the end of a server that runs for us alone. */
public final class StartFailure {

    private static final System.Logger LOG = System.getLogger(StartFailure.class.getName());

    /** Set by the run commands: a server does not end by itself when a deployment fails. */
    private static final String EXIT = "posthorn.exit-on-bad-configuration";

    /** EX_CONFIG of sysexits.h. */
    private static final int EXIT_CODE = 78;

    private static final AtomicBoolean REPORTED = new AtomicBoolean();

    private StartFailure() {}

    /** Logs the first failure; the others follow from it. */
    public static void report(InvalidSettingException failure) {
        if (REPORTED.compareAndSet(false, true)) {
            LOG.log(ERROR, failure.getMessage());
        }
        if (Boolean.getBoolean(EXIT)) {
            // Not exit: it waits for shutdown hooks, and those of both servers wait for the thread that deploys.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
