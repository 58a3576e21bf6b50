package io.posthorn.delivery;

import io.posthorn.rest.QueryParameters;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How an attempt ended, with the number that the Svix API gives it. Attempts succeed or fail; the other values say how
 * a message stands with an endpoint.
 */
enum AttemptStatus {
    SUCCESS(0),
    PENDING(1),
    FAIL(2),
    SENDING(3),
    CANCELED(4);

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

    /** @throws IllegalArgumentException if no status has the number */
    static AttemptStatus of(int code) {
        return Arrays.stream(values())
                .filter(status -> status.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No status " + code));
    }

    /** Reads {@code status}. */
    static Optional<AttemptStatus> of(UriInfo uri) {
        return QueryParameters.parse(uri, "status", code -> of(Integer.parseInt(code)));
    }
}
