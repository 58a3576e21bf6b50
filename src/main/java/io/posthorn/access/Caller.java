package io.posthorn.access;

import io.posthorn.rest.ApiException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who makes this request: what its token stands for. */
@RequestScoped
public class Caller {

    private @Nullable Token token;

    void authenticated(Token token) {
        this.token = token;
    }

    /** The organization whose entities the caller sees; nothing of another one is visible. */
    public String organizationId() {
        return token().organizationId();
    }

    /** The only application that the caller reaches; empty if that is all of its organization. */
    public Optional<String> applicationId() {
        return token().applicationId();
    }

    public Set<String> featureFlags() {
        return token().featureFlags();
    }

    /** @throws ApiException 403 for a token that reaches one application only */
    void requireOrganization() {
        if (applicationId().isPresent()) {
            throw ApiException.insufficientAccess();
        }
    }

    private Token token() {
        if (token == null) {
            throw new IllegalStateException("The resource lacks @Authenticated");
        }
        return token;
    }
}
