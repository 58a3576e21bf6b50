package io.posthorn.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenSecurityTest {

    private static final List<String> ROLES = List.of("admin", "read-only", "application");

    @Test
    void aTokenOfAnOrganizationIsAnAdministrator() {
        assertShown(Token.ofOrganization("org_1"), "org_1", "admin");
    }

    @Test
    void aTokenThatReadsOnlyIsNoAdministrator() {
        assertShown(Token.readingOnly("org_1"), "org_1", "read-only");
    }

    @Test
    void aTokenOfAnApplicationIsThatApplication() {
        assertShown(Token.ofApplication("org_1", "app_1", Set.of()), "app_1", "application");
    }

    private static void assertShown(Token token, String principal, String role) {
        SecurityContext shown = new TokenSecurity(token, true);

        assertThat(shown.getUserPrincipal().getName()).isEqualTo(principal);
        assertThat(ROLES.stream().filter(shown::isUserInRole)).containsExactly(role);
        assertThat(shown.isSecure()).isTrue();
        assertThat(shown.getAuthenticationScheme()).isEqualTo("BEARER");
    }
}
