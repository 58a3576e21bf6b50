package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAnswerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "3600,       3570",
        "'\"3600\"', 3570",
        "300,        270",
        "60,         54",
        "1,          0.9",
        "0,          0",
        "-5,         0",
        "null,       270",
        "'\"soon\"', 270",
        "1e999,      31535970",
    })
    void aTokenIsUsedUntilShortlyBeforeItExpires(String expiresIn, double seconds) throws TokenException {
        AccessToken token = parse(200, "{\"access_token\":\"abc\",\"expires_in\":" + expiresIn + "}");

        assertThat(token.text().reveal()).isEqualTo("abc");
        assertThat(Duration.between(NOW, token.until())).isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Test
    void theTypeMayBeWrittenInAnyCase() throws TokenException {
        assertThat(parse(200, "{\"access_token\":\"abc\",\"token_type\":\"bearer\"}")
                        .text()
                        .reveal())
                .isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | {}                                             | it answered 200 without an access_token that can be sent",
                "200 | {\"access_token\":\"\"}                          | it answered 200 without an access_token that can be sent",
                "200 | {\"access_token\":\"a\\r\\nX: 1\"}               | it answered 200 without an access_token that can be sent",
                "200 | {\"access_token\":7}                           | it answered 200 without an access_token that can be sent",
                "200 | <html>                                         | it answered 200 without an access_token that can be sent",
                "200 | []                                             | it answered 200 without an access_token that can be sent",
                "200 | {\"access_token\":\"a\",\"token_type\":\"mac\"}    | its token is of another type than Bearer",
                "302 | {\"access_token\":\"a\"}                         | it answered 302",
                "400 | {\"error\":\"invalid_scope\"}                    | it answered 400: invalid_scope",
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"Unknown\"} | it answered 401: invalid_client (Unknown)",
                "500 | oops                                           | it answered 500",
            })
    void anAnswerWithoutATokenSaysWhy(int status, String body, String why) {
        assertThatThrownBy(() -> parse(status, body))
                .isInstanceOf(TokenException.class)
                .hasMessage("no access token from idp.example: " + why);
    }

    @Test
    void aLongReasonIsCut() {
        assertThatThrownBy(() -> parse(400, "{\"error\":\"" + "x".repeat(10_000) + "\"}"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).endsWith("…"));
    }

    private static AccessToken parse(int status, String body) throws TokenException {
        return TokenAnswer.parse(new EndpointResponse(status, body), "idp.example", NOW);
    }
}
