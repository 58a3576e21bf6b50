package io.posthorn.access;

import java.util.Optional;
import java.util.Set;

/**
 * What a valid bearer token stands for.
 *
 * @param applicationId the only application that it reaches; empty for a token of the whole organization
 * @param featureFlags whose event types an application token sees
 * @param readOnly whether it may look and nothing else
 */
public record Token(String organizationId, Optional<String> applicationId, Set<String> featureFlags, boolean readOnly) {

    public static Token ofOrganization(String organizationId) {
        return new Token(organizationId, Optional.empty(), Set.of(), false);
    }

    static Token readingOnly(String organizationId) {
        return new Token(organizationId, Optional.empty(), Set.of(), true);
    }

    public static Token ofApplication(String organizationId, String applicationId, Set<String> featureFlags) {
        return new Token(organizationId, Optional.of(applicationId), Set.copyOf(featureFlags), false);
    }

    /** Who holds it: an application or, where it reaches more than one, the organization. */
    String principal() {
        return applicationId.orElse(organizationId);
    }

    /** What it may do, in a word. */
    String role() {
        if (applicationId.isPresent()) {
            return "application";
        }
        return (readOnly ? Role.READ_ONLY : Role.ADMIN).text();
    }
}
