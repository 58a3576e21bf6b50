package io.posthorn.access;

import jakarta.security.enterprise.credential.Credential;
import java.util.Objects;

/** A bearer token (RFC 6750) whose holder {@link TokenIdentityStore} knows. */
public final class TokenCredential implements Credential {

    private final String token;

    /** @param token as the header has it, without {@code Bearer} */
    public TokenCredential(String token) {
        this.token = Objects.requireNonNull(token);
    }

    String token() {
        return token;
    }

    @Override
    public String toString() {
        return "TokenCredential";
    }
}
