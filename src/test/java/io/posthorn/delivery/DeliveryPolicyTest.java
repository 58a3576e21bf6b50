package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.StatusRanges;
import io.posthorn.delivery.DeliveryPolicy.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryPolicyTest {

    private static final Duration DELAY = Duration.ofSeconds(5);

    private final DeliveryPolicy policy = policy("400-407,409-424,426-428,430-499");

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void aSuccessfulAnswerEndsTheDelivery(int status) {
        assertThat(policy.decide(answer(status), 0)).isEqualTo(Decision.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 599})
    void aFailureThatMayPassIsRetried(int status) {
        assertThat(policy.decide(answer(status), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsAFailureToRetry(int status) {
        assertThat(policy.decide(answer(status), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @Test
    void aMissingAnswerIsRetried() {
        assertThat(policy.decide(noAnswer(), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 422, 499})
    void aFinalRefusalIsADeadLetter(int status) {
        assertThat(policy.decide(answer(status), 1)).isEqualTo(Decision.dead("answered " + status, false));
    }

    @Test
    void anEndpointThatIsGoneIsNeverCalledAgain() {
        assertThat(policy.decide(answer(410), 1)).isEqualTo(Decision.dead("answered 410", true));
    }

    @Test
    void goneIsFinalEvenWhereTheSettingLeavesItOut() {
        assertThat(policy("400").decide(answer(410), 1)).isEqualTo(Decision.dead("answered 410", true));
    }

    @Test
    void whatTheSettingLeavesOutIsRetried() {
        assertThat(policy("410").decide(answer(404), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @Test
    void aDeliveryWhoseScheduleHasRunOutIsADeadLetter() {
        assertThat(policy.decide(answer(500), 2)).isEqualTo(Decision.dead("all 2 attempts failed", false));
        assertThat(policy.decide(noAnswer(), 2)).isEqualTo(Decision.dead("all 2 attempts failed", false));
    }

    private static DeliveryPolicy policy(String nonRetryable) {
        return new DeliveryPolicy(new RetrySchedule(List.of(DELAY), () -> 0L), StatusRanges.parse(nonRetryable));
    }

    private static AttemptResult answer(int status) {
        return AttemptResult.answered(new EndpointResponse(status, ""), Duration.ZERO);
    }

    private static AttemptResult noAnswer() {
        return AttemptResult.failed(new IOException("reset"), Duration.ZERO);
    }
}
