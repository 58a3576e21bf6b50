package io.posthorn.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * Shows the caller through the standard API: its principal is the application that its token reaches or, where that is not
 * one alone, the organization; its one role is {@code admin}, {@code read-only} or {@code application}.
 */
final class TokenSecurity implements SecurityContext {

    private final Token token;
    private final boolean secure;

    /** @param secure whether the request came over a secure channel */
    TokenSecurity(Token token, boolean secure) {
        this.token = token;
        this.secure = secure;
    }

    @Override
    public Principal getUserPrincipal() {
        return new Named(token.principal());
    }

    @Override
    public boolean isUserInRole(String role) {
        return token.role().equals(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "BEARER";
    }

    private record Named(String name) implements Principal {

        @Override
        public String getName() {
            return name;
        }
    }
}
