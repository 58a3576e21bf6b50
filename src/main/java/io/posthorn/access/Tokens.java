package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.config.Internal;
import io.posthorn.config.JwtSettings;
import io.posthorn.config.Settings;
import io.posthorn.persistence.SecretCipher;
import io.posthorn.rest.ApiException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** All tokens: the configured one, those created by name, and those issued here or by a Svix server with the same key. */
@ApplicationScoped
public class Tokens {

    private static final String OWN_ALGORITHM = "HS256";

    /** Word for word what a Svix server says, since its own test asks for that. */
    private static final String SIGNING_SECRET =
            "Authentication failed. JWT signing secrets can not be used as tokens, please refer to"
                    + " https://github.com/svix/svix-webhooks#authentication for more information.";

    @Inject
    Settings settings;

    @Inject
    AdminToken adminToken;

    @Inject
    SecretCipher cipher;

    @Inject
    StoredTokens stored;

    @Inject
    RevokedTokens revoked;

    @Inject
    @Internal
    Clock clock;

    private JwtTokens jwts;

    @PostConstruct
    void loadKeys() {
        JwtSettings jwt = settings.jwt();
        // Without a key of their own, nodes sign with one that they derive from the master key they share.
        jwts = new JwtTokens(
                jwt.secret()
                        .map(secret -> JwtKeys.of(jwt, secret))
                        .orElseGet(() -> JwtKeys.symmetric(OWN_ALGORITHM, cipher.deriveKey("tokens"))),
                clock);
    }

    /** @throws io.posthorn.config.InvalidSettingException if the configured key cannot be used */
    public static void check(Settings settings) {
        settings.jwt().secret().ifPresent(secret -> JwtKeys.of(settings.jwt(), secret));
    }

    /** @throws ApiException 401 or 400 */
    Token verify(String text) {
        if (adminToken.matches(text)) {
            return Token.ofOrganization(Organizations.DEFAULT);
        }
        if (isSigningSecret(text)) {
            throw ApiException.unauthorized(SIGNING_SECRET);
        }
        // A token of a Svix server has dots, one of ours has none; so neither costs the other's look.
        Optional<Token> created = text.indexOf('.') < 0 ? stored.find(text) : Optional.empty();
        if (created.isPresent()) {
            return created.get();
        }
        Token token = jwts.verify(text);
        if (revoked.contains(text)) {
            throw ApiException.unauthorized();
        }
        return token;
    }

    public String issue(Token token, Duration life) {
        return jwts.issue(token, life);
    }

    /**
     * Ends a token at once.
     *
     * @throws ApiException 400 for the configured one, which ends when the configuration changes; 401 if it has ended
     */
    void revoke(String text) {
        if (adminToken.matches(text)) {
            throw ApiException.badRequest("The configured admin token ends when the configuration changes");
        }
        if (!stored.remove(text)) {
            revoked.add(text, jwts.end(text));
        }
    }

    private boolean isSigningSecret(String text) {
        Optional<String> secret = settings.jwt().secret();
        return secret.isPresent() && MessageDigest.isEqual(secret.get().getBytes(UTF_8), text.getBytes(UTF_8));
    }
}
