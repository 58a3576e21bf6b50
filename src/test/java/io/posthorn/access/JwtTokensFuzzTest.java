package io.posthorn.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.fuzz.Malformed;
import io.posthorn.rest.ApiException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

class JwtTokensFuzzTest {

    private static final byte[] KEY = "a key that is as long as HS256 wants its keys to be".getBytes(UTF_8);
    private static final JwtTokens TOKENS = new JwtTokens(JwtKeys.symmetric("HS256", KEY), Clock.systemUTC());

    @Property
    void aTextThatIsNoTokenIsRefused(@ForAll("tokens") String text) {
        assertTakenOrRefused(text);
    }

    @Property
    void aSignedTokenWhoseClaimsAreOddIsRefused(@ForAll("claims") String claims) throws JoseException {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("HS256");
        signature.setKey(new HmacKey(KEY));
        signature.setPayload(claims);

        assertTakenOrRefused(signature.getCompactSerialization());
    }

    private static void assertTakenOrRefused(String text) {
        try {
            assertThat(TOKENS.verify(text).organizationId()).startsWith("org_");
        } catch (ApiException refused) {
            assertThat(refused.status()).isIn(400, 401);
        }
    }

    @Provide
    Arbitrary<String> tokens() {
        Arbitrary<String> part = Arbitraries.oneOf(
                Malformed.texts(),
                Arbitraries.of(
                                "{\"alg\":\"none\"}",
                                "{\"alg\":\"HS256\"}",
                                "{\"alg\":\"HS256\",\"crit\":[\"b64\"]}",
                                "{}")
                        .map(JwtTokensFuzzTest::encoded),
                Malformed.json("alg", "typ", "kid", "zip", "sub").map(JwtTokensFuzzTest::encoded));
        return part.list().ofMinSize(1).ofMaxSize(5).map(parts -> String.join(".", parts));
    }

    @Provide
    Arbitrary<String> claims() {
        Arbitrary<String> value = Arbitraries.oneOf(
                Malformed.json("a"),
                Arbitraries.of(
                        "\"org_23rb8YdGqMT0qIzpgGwdXfHirMu\"", "\"app_23rb8YdGqMT0qIzpgGwdXfHirMu\"", "[\"a\",1]"));
        Arbitrary<String> claim = Combinators.combine(
                        Arbitraries.of("sub", "org", "exp", "nbf", "iat", "feature_flags", "aud"), value)
                .as((name, text) -> "\"" + name + "\":" + text);
        Arbitrary<List<String>> claims = claim.list().ofMaxSize(6);
        return Arbitraries.oneOf(
                claims.map(members -> "{" + String.join(",", members) + "}"), Malformed.nested(), Malformed.texts());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
