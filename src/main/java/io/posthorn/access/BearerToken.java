package io.posthorn.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the token out of an {@code Authorization} header (RFC 6750, section 2.1). */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    static Optional<String> of(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }
}
