package io.posthorn.delivery;

import java.util.Locale;

/** How an attempt ended, with the number that the Svix API gives it. */
enum AttemptStatus {
    SUCCESS(0),
    FAIL(2);

    private final int code;

    AttemptStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
