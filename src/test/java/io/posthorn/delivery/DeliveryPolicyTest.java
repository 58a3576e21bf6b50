package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.StatusRanges;
import io.posthorn.delivery.DeliveryPolicy.Decision;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Duration PENALTY = Duration.ofSeconds(60);

    private final DeliveryPolicy policy = policy("400-407,409-424,426-428,430-499");

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void aSuccessfulAnswerEndsTheDelivery(int status) {
        assertThat(decide(policy, answer(status), 0)).isEqualTo(Decision.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 500, 502, 503, 599})
    void aFailureThatMayPassIsRetried(int status) {
        assertThat(decide(policy, answer(status), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsAFailureToRetry(int status) {
        assertThat(decide(policy, answer(status), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @Test
    void aMissingAnswerIsRetried() {
        assertThat(decide(policy, noAnswer(), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 422, 499})
    void aFinalRefusalIsADeadLetter(int status) {
        assertThat(decide(policy, answer(status), 1)).isEqualTo(Decision.dead("answered " + status, false));
    }

    @Test
    void anEndpointThatIsGoneIsNeverCalledAgain() {
        assertThat(decide(policy, answer(410), 1)).isEqualTo(Decision.dead("answered 410", true));
    }

    @Test
    void goneIsFinalEvenWhereTheSettingLeavesItOut() {
        assertThat(decide(policy("400"), answer(410), 1)).isEqualTo(Decision.dead("answered 410", true));
    }

    @Test
    void whatTheSettingLeavesOutIsRetried() {
        assertThat(decide(policy("410"), answer(404), 1)).isEqualTo(Decision.retry(DELAY));
    }

    @Test
    void anEndpointMayHaveAScheduleOfItsOwn() {
        DeliveryPolicy own = policy.after(List.of(Duration.ZERO, Duration.ofSeconds(7)));

        assertThat(decide(own, answer(500), 1)).isEqualTo(Decision.retry(Duration.ZERO));
        assertThat(decide(own, answer(500), 2)).isEqualTo(Decision.retry(Duration.ofSeconds(7)));
        assertThat(decide(own, answer(500), 3)).isEqualTo(Decision.dead("all 3 attempts failed", false));
        assertThat(decide(own, answer(429), 1)).isEqualTo(Decision.retry(PENALTY));
    }

    @Test
    void aDeliveryWhoseScheduleHasRunOutIsADeadLetter() {
        assertThat(decide(policy, answer(500), 2)).isEqualTo(Decision.dead("all 2 attempts failed", false));
        assertThat(decide(policy, noAnswer(), 2)).isEqualTo(Decision.dead("all 2 attempts failed", false));
    }

    @Test
    void whatWasSentByHandIsNotRetried() {
        assertThat(policy.decide(answer(500), 1, TriggerType.MANUAL, NOW).retryAfter())
                .isEmpty();
        assertThat(policy.decide(answer(200), 1, TriggerType.MANUAL, NOW)).isEqualTo(Decision.SUCCEEDED);
    }

    @Test
    void anEndpointWithTooMuchToDoIsLeftAloneForAMinute() {
        assertThat(decide(policy, answer(429), 1)).isEqualTo(Decision.retry(PENALTY));
        assertThat(decide(policy, AttemptResult.failed(new TimeoutException("15 s"), Duration.ZERO), 1))
                .isEqualTo(Decision.retry(PENALTY));
    }

    @ParameterizedTest
    @CsvSource({"1, 5000", "7.5, 7500", "1000, 10000", "soon, 5000", "'Wed, 25 Nov 2026 12:00:08 GMT', 8000"})
    void anEndpointMayAskForUpToTwiceTheDelay(String retryAfter, long millis) {
        assertThat(decide(policy, answer(503, retryAfter), 1)).isEqualTo(Decision.retry(Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @CsvSource({"1, 5000, 6000", "7, 7000, 8400", "9, 9000, 10000", "1000, 10000, 10000"})
    void noJitterIsShorterThanTheWishOrLongerThanTwiceTheDelay(String retryAfter, long least, long most) {
        DeliveryPolicy jittering = new DeliveryPolicy(
                new RetrySchedule(List.of(DELAY), new Random(1)), StatusRanges.parse("400"), PENALTY);

        LongSummaryStatistics delays = IntStream.range(0, 1_000)
                .mapToLong(i -> decide(jittering, answer(503, retryAfter), 1)
                        .retryAfter()
                        .orElseThrow()
                        .toMillis())
                .summaryStatistics();

        assertThat(delays.getMin()).isBetween(least, least + 100);
        assertThat(delays.getMax()).isBetween(most - 100, most);
    }

    @Test
    void aWishDoesNotShortenThePenalty() {
        assertThat(decide(policy, answer(429, "1"), 1)).isEqualTo(Decision.retry(PENALTY));
        assertThat(decide(policy, answer(429, "90"), 1)).isEqualTo(Decision.retry(Duration.ofSeconds(90)));
    }

    private static Decision decide(DeliveryPolicy policy, AttemptResult result, int failures) {
        return policy.decide(result, failures, TriggerType.SCHEDULED, NOW);
    }

    @Test
    void aDeliveryOutlastsItsScheduleWhenItIsOlderThanAnyWishesOfItsEndpointCouldMakeIt() {
        assertThat(policy.outlasts(PENALTY.multipliedBy(2))).isFalse();
        assertThat(policy.outlasts(PENALTY.multipliedBy(2).plusMillis(1))).isTrue();
    }

    private static DeliveryPolicy policy(String nonRetryable) {
        return new DeliveryPolicy(
                new RetrySchedule(List.of(DELAY), () -> 0L), StatusRanges.parse(nonRetryable), PENALTY);
    }

    private static AttemptResult answer(int status, String retryAfter) {
        return AttemptResult.answered(new EndpointResponse(status, "", Optional.of(retryAfter)), Duration.ZERO);
    }

    private static AttemptResult answer(int status) {
        return AttemptResult.answered(new EndpointResponse(status, ""), Duration.ZERO);
    }

    private static AttemptResult noAnswer() {
        return AttemptResult.failed(new IOException("reset"), Duration.ZERO);
    }
}
