package io.posthorn.access;

import java.util.Arrays;
import java.util.Locale;

/** What a token that was created by an operation may do. */
enum Role {
    ADMIN,
    /** Looks, and changes nothing. */
    READ_ONLY;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such role */
    static Role of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected admin or read-only"));
    }
}
