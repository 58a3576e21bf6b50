package io.posthorn.access;

import io.posthorn.rest.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/**
 * Makes the holders of tokens callers of Jakarta Security. An application that bundles Posthorn has an authentication mechanism
 * of its own, which hands a {@link TokenCredential} to the {@code IdentityStoreHandler}. The caller's name is the application
 * that the token reaches or, where that is not one alone, the organization; its one group is {@code admin},
 * {@code read-only} or {@code application}.
 */
@ApplicationScoped
public class TokenIdentityStore implements IdentityStore {

    @Inject
    Tokens tokens;

    /** @return not validated for any other kind of credential, so that the next store is asked */
    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof TokenCredential bearer)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        try {
            Token token = tokens.verify(bearer.token());
            return new CredentialValidationResult(token.principal(), Set.of(token.role()));
        } catch (ApiException refused) {
            return CredentialValidationResult.INVALID_RESULT;
        }
    }
}
