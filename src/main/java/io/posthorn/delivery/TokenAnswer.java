package io.posthorn.delivery;

import io.posthorn.endpoint.SecretText;
import io.posthorn.json.StrictJson;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a token endpoint answers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5">RFC 6749, section 5</a>
 */
final class TokenAnswer {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");
    private static final int MAX_REASON = 200;

    /** How long a token is used that does not say how long it may be. */
    private static final Duration UNSAID = Duration.ofMinutes(5);
    /** What is left of a token's life when another one is asked for, at most: it has to reach the endpoint yet. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final int MARGIN_PART = 10;
    private static final BigDecimal MAX_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

    private TokenAnswer() {}

    /** @throws TokenException if there is no token in it, saying why in words that hold no secret */
    static AccessToken parse(EndpointResponse answer, String host, Instant now) throws TokenException {
        JsonObject json = object(answer.body());
        if (answer.status() != 200) {
            throw new TokenException(host, "it answered " + answer.status() + reason(json));
        }
        String type = text(json, "token_type").orElse("Bearer");
        if (!type.equalsIgnoreCase("Bearer")) {
            throw new TokenException(host, "its token is of another type than Bearer");
        }
        String token = text(json, "access_token")
                .filter(text -> TOKEN.matcher(text).matches())
                .orElse("");
        if (token.isEmpty()) {
            throw new TokenException(host, "it answered 200 without an access_token that can be sent");
        }
        return new AccessToken(new SecretText(token), now.plus(usable(json)));
    }

    private static Duration usable(JsonObject json) {
        Duration life = seconds(json.get("expires_in"))
                .map(seconds -> Duration.ofSeconds(
                        seconds.max(BigDecimal.ZERO).min(MAX_SECONDS).longValue()))
                .orElse(UNSAID);
        Duration part = life.dividedBy(MARGIN_PART);
        return life.minus(part.compareTo(MARGIN) < 0 ? part : MARGIN);
    }

    /** A number, which some servers put in quotation marks. */
    private static Optional<BigDecimal> seconds(@Nullable JsonValue value) {
        try {
            if (value instanceof JsonNumber number) {
                return Optional.of(number.bigDecimalValue());
            }
            return value instanceof JsonString text ? Optional.of(new BigDecimal(text.getString())) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static String reason(JsonObject json) {
        String reason = text(json, "error").map(error -> ": " + error).orElse("")
                + text(json, "error_description")
                        .map(description -> " (" + description + ")")
                        .orElse("");
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    }

    private static Optional<String> text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static JsonObject object(String body) {
        try {
            return StrictJson.parse(body) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        } catch (JsonException notJson) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }
}
