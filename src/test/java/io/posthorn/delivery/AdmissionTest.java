package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.config.MapConfig;
import io.posthorn.config.RateLimit;
import io.posthorn.config.Settings;
import io.posthorn.delivery.Throttles.Rates;
import io.posthorn.rest.RateLimiter;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final AttemptResult OVERLOADED =
            AttemptResult.answered(new EndpointResponse(503, ""), Duration.ZERO);
    private static final AttemptResult OK = AttemptResult.answered(new EndpointResponse(200, ""), Duration.ZERO);
    private static final Duration LONG = Duration.ofHours(1);

    private final Throttles throttles = new Throttles(AdmissionTest::refuse, System::nanoTime);
    private final Admission admission = new Admission(
            Settings.from(MapConfig.inMemory(
                            MapConfig.of("posthorn.delivery.circuit.pause", Long.toString(LONG.toSeconds()))))
                    .delivery(),
            throttles);

    @BeforeEach
    void claimBegins() {
        admission.prepare();
    }

    @Test
    void betweenTwoProbesNothingLeavesForAFailingEndpointAndNobodyElseWaits() {
        failProbe();

        assertThat(admission.tryTakeSlot("failing")).isFalse();
        assertThat(admission.tryTakeSlot("other")).isTrue();
        assertThat(admission.busyEndpoints()).containsExactly("failing");
    }

    @Test
    void onceAnEndpointIsFoundToBePausedTheNextClaimLooksPastItsDeliveries() {
        failProbe();
        assertThat(admission.busyEndpoints()).isEmpty();

        admission.tryTakeSlot("failing");
        assertThat(admission.looksAgain()).isTrue();

        admission.prepare();
        admission.tryTakeSlot("failing");
        assertThat(admission.looksAgain()).isFalse();
    }

    @Test
    void whatSomebodyAskedForDoesNotWaitForTheNextProbe() {
        failProbe();

        assertThat(admission.tryTakeSlotByHand("failing")).isTrue();
    }

    @Test
    void aSuccessLetsAllOthersLeave() {
        failProbe();

        admission.learn("failing", OK);

        assertThat(admission.tryTakeSlot("failing")).isTrue();
        assertThat(admission.tryTakeSlot("failing")).isTrue();
    }

    @Test
    void anEndpointWhoseRateIsUsedUpTakesNoSlotAndIsPassedLikeAFullOne() {
        throttles.learn("slow", new Rates(1, "app", null));
        int free = admission.free();

        assertThat(admission.tryTakeSlot("slow")).isFalse();
        assertThat(admission.looksAgain()).isTrue();
        admission.prepare();
        assertThat(admission.tryTakeSlot("slow")).isFalse();

        assertThat(admission.looksAgain()).isFalse();
        assertThat(admission.busyEndpoints()).containsExactly("slow");
        assertThat(admission.tryTakeSlotByHand("slow")).isFalse();
        assertThat(admission.free()).isEqualTo(free);
        assertThat(admission.untilNext())
                .hasValueSatisfying(wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(LONG));
    }

    /** The first failure opens the circuit, the second is that of the probe. */
    private void failProbe() {
        admission.learn("failing", OVERLOADED);
        admission.learn("failing", OVERLOADED);
    }

    private static RateLimiter.Take refuse(String key, RateLimit portion) {
        return new RateLimiter.Take(false, 0, LONG, LONG);
    }
}
