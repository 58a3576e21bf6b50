package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.config.InvalidSettingException;
import io.posthorn.config.JwtSettings;
import io.posthorn.rest.ApiException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTokensTest {

    private static final String ORGANIZATION = "org_23rb8YdGqMT0qIzpgGwdXfHirMu";
    private static final String APPLICATION = "app_1srOrx2ZWZBpBUvZwXKQmoEYga2";
    private static final String SECRET = "x";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final JwtTokens tokens = new JwtTokens(JwtKeys.symmetric("HS256", SECRET.getBytes(UTF_8)), at(NOW));

    @Test
    void aTokenOfAnOrganizationReachesAllOfIt() throws Exception {
        Token token = tokens.verify(sign("{\"sub\":\"" + ORGANIZATION + "\"}", "HS256", SECRET));

        assertThat(token).isEqualTo(Token.ofOrganization(ORGANIZATION));
    }

    @Test
    void aTokenOfAnApplicationReachesThatAlone() throws Exception {
        Token token = tokens.verify(sign(
                "{\"iss\":\"anybody\",\"org\":\"" + ORGANIZATION + "\",\"sub\":\"" + APPLICATION
                        + "\",\"feature_flags\":[\"beta\"]}",
                "HS256",
                SECRET));

        assertThat(token).isEqualTo(Token.ofApplication(ORGANIZATION, APPLICATION, Set.of("beta")));
    }

    @Test
    void anIdMayBeOneThatSomebodyMadeUp() throws Exception {
        Token organization = tokens.verify(sign("{\"sub\":\"org_acme-1\"}", "HS256", SECRET));
        Token application = tokens.verify(sign("{\"org\":\"org_acme-1\",\"sub\":\"app_shop\"}", "HS256", SECRET));

        assertThat(organization).isEqualTo(Token.ofOrganization("org_acme-1"));
        assertThat(application).isEqualTo(Token.ofApplication("org_acme-1", "app_shop", Set.of()));
    }

    @Test
    void anIssuedTokenIsValidUntilItsLifeEnds() {
        Token token = Token.ofApplication(ORGANIZATION, APPLICATION, Set.of());
        String issued = tokens.issue(token, Duration.ofHours(1));

        assertThat(laterBy(Duration.ofMinutes(59)).verify(issued)).isEqualTo(token);
        assertRefused(laterBy(Duration.ofMinutes(61)), issued, 401);
        assertRefused(laterBy(Duration.ofMinutes(-1)), issued, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"user_1\"}",
                "{\"sub\":\"" + ORGANIZATION + "\",\"org\":\"" + ORGANIZATION + "\"}",
                "{\"sub\":\"" + APPLICATION + "\",\"org\":\"" + APPLICATION + "\"}",
                "{\"sub\":\"app_1srOrx2ZWZBpBUvZwXKQmoEYga2\"}",
                "{\"sub\":\"org_\"}",
                "{\"sub\":\"org_a b\"}",
                "{\"sub\":\"org_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"
            })
    void aSubjectThatIsNoneOfOursIsABadRequest(String claims) throws Exception {
        assertRefused(tokens, sign(claims, "HS256", SECRET), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"org\":\"" + ORGANIZATION + "\"}"})
    void aTokenOfNobodyIsRefused(String claims) throws Exception {
        assertRefused(tokens, sign(claims, "HS256", SECRET), 401);
    }

    @Test
    void aTokenThatSomebodyElseSignedIsRefused() throws Exception {
        String claims = "{\"sub\":\"" + ORGANIZATION + "\"}";

        assertRefused(tokens, sign(claims, "HS256", "another"), 401);
        assertRefused(tokens, sign(claims, "HS512", SECRET), 401);
        assertRefused(tokens, "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(UTF_8)) + ".", 401);
        assertRefused(tokens, "nonsense", 401);
        assertRefused(tokens, "", 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS512", "EdDSA"})
    void anAsymmetricKeyIssuesAndChecks(String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm.equals("EdDSA") ? "Ed25519" : "RSA")
                .generateKeyPair();
        JwtTokens both = asymmetric(algorithm, pem("PRIVATE", pair.getPrivate()) + pem("PUBLIC", pair.getPublic()));
        JwtTokens publicOnly = asymmetric(algorithm, pem("PUBLIC", pair.getPublic()));
        Token token = Token.ofOrganization(ORGANIZATION);

        String issued = both.issue(token, Duration.ofHours(1));

        assertThat(publicOnly.verify(issued)).isEqualTo(token);
        assertThatThrownBy(() -> publicOnly.issue(token, Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(501));
    }

    @Test
    void anRsaPrivateKeyIsEnoughToCheck() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        JwtTokens privateOnly = asymmetric("RS256", pem("PRIVATE", pair.getPrivate()));
        Token token = Token.ofOrganization(ORGANIZATION);

        assertThat(privateOnly.verify(privateOnly.issue(token, Duration.ofHours(1))))
                .isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no key", "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----"})
    void aKeyThatIsNoneStopsTheStart(String secret) {
        assertThatThrownBy(() -> asymmetric("RS256", secret))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("posthorn.jwt.secret=(hidden)");
    }

    @ParameterizedTest
    @CsvSource({
        "1800000000, 2027-01-15T08:00:00Z",
        "1800000000.75, 2027-01-15T08:00:00Z",
        "253402300800, ''",
        "9000000000000000000, ''",
        "1e300, ''"
    })
    void aTokenEndsWhenItSaysOrNeverWhereNoDatabaseCouldWriteThatDown(String expiry, String end) throws Exception {
        String token = sign("{\"sub\":\"" + ORGANIZATION + "\",\"exp\":" + expiry + "}", "HS256", SECRET);

        assertThat(tokens.end(token).map(Instant::toString).orElse("")).isEqualTo(end);
    }

    @Test
    void aTokenThatSaysNothingOfAnEndHasNone() throws Exception {
        assertThat(tokens.end(sign("{\"sub\":\"" + ORGANIZATION + "\"}", "HS256", SECRET)))
                .isEmpty();
    }

    private static JwtTokens asymmetric(String algorithm, String pem) {
        return new JwtTokens(JwtKeys.of(new JwtSettings(Optional.of(pem), algorithm), pem), at(NOW));
    }

    private static JwtTokens laterBy(Duration time) {
        return new JwtTokens(JwtKeys.symmetric("HS256", SECRET.getBytes(UTF_8)), at(NOW.plus(time)));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + kind + " KEY-----\n";
    }

    private static String sign(String claims, String algorithm, String secret) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(new org.jose4j.keys.HmacKey(secret.getBytes(UTF_8)));
        signature.setDoKeyValidation(false);
        signature.setPayload(claims);
        return signature.getCompactSerialization();
    }

    private static void assertRefused(JwtTokens tokens, String token, int status) {
        assertThatThrownBy(() -> tokens.verify(token))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(status));
    }
}
