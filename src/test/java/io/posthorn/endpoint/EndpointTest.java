package io.posthorn.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.rest.JsonFields;
import io.posthorn.rest.RequestBody;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointTest {

    private static final Duration LIMIT = Duration.ofHours(1);
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-01-01T00:00:00Z");
    private static final OffsetDateTime LATER = START.plus(LIMIT);

    private final Endpoint endpoint = new Endpoint();

    @BeforeEach
    void failOnce() {
        describe("{\"url\":\"http://example.com/\"}", START);
        assertThat(endpoint.ranOutOfAttempts(START, LIMIT)).isFalse();
    }

    @Test
    void afterNothingButFailuresForTooLongThereIsOneTooMany() {
        assertThat(endpoint.ranOutOfAttempts(LATER.minusNanos(1), LIMIT)).isFalse();
        assertThat(endpoint.ranOutOfAttempts(LATER, LIMIT)).isTrue();
    }

    @Test
    void whoEnablesItBeginsAnewWithIt() {
        endpoint.disable("nothing but failures", LATER);

        describe("{\"url\":\"http://example.com/\"}", LATER);

        assertThat(endpoint.disabledReason()).isEmpty();
        assertThat(endpoint.ranOutOfAttempts(LATER, LIMIT)).isFalse();
        assertThat(endpoint.ranOutOfAttempts(LATER.plus(LIMIT), LIMIT)).isTrue();
    }

    @Test
    void whoChangesItWhileItIsEnabledDoesNot() {
        describe("{\"url\":\"http://example.com/elsewhere\"}", LATER);

        assertThat(endpoint.ranOutOfAttempts(LATER, LIMIT)).isTrue();
    }

    @Test
    void oneThatIsDeletedKeepsNothingSecretThatARowCanBeWithout() {
        endpoint.rotate(bytes(), bytes(), LATER);
        endpoint.setHeaders(bytes(), LATER);
        endpoint.setCredentials(bytes(), LATER);

        endpoint.delete(LATER);

        assertThat(endpoint.isDeleted()).isTrue();
        assertThat(endpoint.oldSecrets).isNull();
        assertThat(endpoint.headers).isNull();
        assertThat(endpoint.credentials).isNull();
    }

    private void describe(String json, OffsetDateTime now) {
        endpoint.describe(
                EndpointFields.of(JsonFields.parse(new RequestBody(json.getBytes(UTF_8), Map.of())), false), now);
    }

    private static byte[] bytes() {
        return new byte[] {1};
    }
}
