package io.posthorn.access;

import io.posthorn.rest.ApiException;
import io.posthorn.rest.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Issues and checks the JSON Web Tokens of a Svix server: {@code sub} is an organization, or {@code org} is one and
 * {@code sub} an application of it; {@code exp} and {@code nbf} count where they are given.
 */
final class JwtTokens {

    private static final String ORGANIZATION = "org";
    private static final String FEATURE_FLAGS = "feature_flags";
    private static final String ISSUER = "svix-server";

    /** Some issuers write a moment that no calendar has. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final JwtKeys keys;
    private final Clock clock;

    JwtTokens(JwtKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws ApiException 401 if it is not a valid token, 400 if its {@code sub} is no id of ours */
    Token verify(String text) {
        try {
            return token(claims(text));
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw ApiException.unauthorized();
        }
    }

    /**
     * When a valid token ends; empty if it never does, or after what a database can write down.
     *
     * @throws ApiException 401 if it is not a valid token
     */
    Optional<Instant> end(String text) {
        try {
            return Optional.ofNullable(claims(text).getExpirationTime())
                    .filter(end -> end.getValue() < LAST.getEpochSecond())
                    .map(end -> Instant.ofEpochSecond(end.getValue()));
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw ApiException.unauthorized();
        }
    }

    private JwtClaims claims(String text) throws InvalidJwtException {
        return new JwtConsumerBuilder()
                .setVerificationKey(keys.verifying())
                // The text of an HMAC key is what it is; a Svix server takes short ones as well.
                .setRelaxVerificationKeyValidation()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, keys.algorithm())
                .setSkipDefaultAudienceValidation()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.instant().toEpochMilli()))
                .build()
                .processToClaims(text);
    }

    private static Token token(JwtClaims claims) throws MalformedClaimException {
        String subject = claims.getSubject();
        if (subject == null) {
            throw ApiException.unauthorized("Invalid token (missing `sub`).");
        }
        String organization = claims.getStringClaimValue(ORGANIZATION);
        if (organization == null && Ids.isId("org_", subject)) {
            return Token.ofOrganization(subject);
        }
        if (organization != null && Ids.isId("org_", organization) && Ids.isId("app_", subject)) {
            List<String> flags =
                    claims.hasClaim(FEATURE_FLAGS) ? claims.getStringListClaimValue(FEATURE_FLAGS) : List.of();
            return Token.ofApplication(organization, subject, Set.copyOf(flags));
        }
        // The codes are those of a Svix server, the blank in one of them included.
        throw ApiException.badRequest(
                organization == null ? "bad_token" : "bad token",
                "The token's subject is neither an organization nor an application of one");
    }

    /** @throws ApiException 501 where only a public key is configured */
    String issue(Token token, Duration life) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(token.applicationId().orElse(token.organizationId()));
        if (token.applicationId().isPresent()) {
            claims.setStringClaim(ORGANIZATION, token.organizationId());
        }
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setNotBefore(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(life).getEpochSecond()));
        claims.setGeneratedJwtId();
        if (!token.featureFlags().isEmpty()) {
            claims.setStringListClaim(FEATURE_FLAGS, List.copyOf(token.featureFlags()));
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(keys.algorithm());
        signature.setKey(keys.signing().orElseThrow(JwtTokens::cannotIssue));
        signature.setDoKeyValidation(false);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("The configured key does not sign", e);
        }
    }

    private static ApiException cannotIssue() {
        return ApiException.notImplemented("Issuing tokens needs the private key in posthorn.jwt.secret");
    }
}
