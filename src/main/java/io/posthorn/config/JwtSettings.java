package io.posthorn.config;

import java.util.List;
import java.util.Optional;

/**
 * How JSON Web Tokens are signed.
 *
 * @param secret for {@code HS…} the key itself, for the others PEM; empty where tokens are Posthorn's own only
 * @param algorithm by its name in RFC 7518 or RFC 8037
 */
public record JwtSettings(Optional<String> secret, String algorithm) {

    public static final String SECRET = "posthorn.jwt.secret";

    private static final List<String> ALGORITHMS =
            List.of("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "EdDSA");

    static JwtSettings from(SettingReader reader) {
        return new JwtSettings(
                reader.text(SECRET),
                reader.parse("posthorn.jwt.algorithm", "HS256", String.join(", ", ALGORITHMS), text -> {
                    if (!ALGORITHMS.contains(text)) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                }));
    }

    public boolean isSymmetric() {
        return algorithm.startsWith("HS");
    }

    @Override
    public String toString() {
        return "JwtSettings[" + algorithm + "]";
    }
}
