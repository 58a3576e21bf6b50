package io.posthorn.it;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What tests with other people's software need, and not every machine has. */
final class Interop {

    /** A system property: where it is {@code true}, such a test fails rather than being left out. */
    private static final String REQUIRED = "posthorn.interop.required";

    /** The same as a variable of the environment. */
    private static final String REQUIRED_VARIABLE = "POSTHORN_INTEROP_REQUIRED";

    private Interop() {}

    /** Ends the test where something is missing: aborted with the reason, or failed. */
    static void needs(boolean isThere, String reason) {
        needs(isThere, reason, isRequired());
    }

    static void needs(boolean isThere, String reason, boolean isRequired) {
        if (!isThere && isRequired) {
            fail("Required, and cannot be run: " + reason);
        }
        assumeTrue(isThere, "Left out: " + reason);
    }

    private static boolean isRequired() {
        return Boolean.getBoolean(REQUIRED) || Boolean.parseBoolean(System.getenv(REQUIRED_VARIABLE));
    }
}
