package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndpointSlotsTest {

    private final Circuits circuits = new Circuits(Duration.ZERO, System::nanoTime);
    private final EndpointSlots slots = new EndpointSlots(3, 2, circuits);

    @Test
    void aHangingEndpointCannotTakeEverySlot() {
        slots.tryTake("slow");
        slots.tryTake("slow");

        assertThat(slots.tryTake("slow")).isFalse();
        assertThat(slots.tryTake("quick")).isTrue();
    }

    @Test
    void noMoreFlyThanTheNodeAllows() {
        slots.tryTake("a");
        slots.tryTake("b");
        slots.tryTake("c");

        assertThat(slots.tryTake("d")).isFalse();
        assertThat(slots.free()).isZero();
    }

    @Test
    void aSlotThatWasRefusedIsNotCounted() {
        slots.tryTake("slow");
        slots.tryTake("slow");
        slots.tryTake("slow");

        assertThat(slots.free()).isEqualTo(1);
    }

    @Test
    void aSlotGivenBackCanBeTakenAgain() {
        slots.tryTake("slow");
        slots.tryTake("slow");

        slots.release("slow");

        assertThat(slots.free()).isEqualTo(2);
        assertThat(slots.tryTake("slow")).isTrue();
    }

    @Test
    void theNextAttemptNeedNotWaitForTheRecordOfTheLast() {
        for (int i = 0; i < 3; i++) {
            slots.tryTake("a" + i);
            slots.release("a" + i);
        }

        assertThat(slots.free()).isEqualTo(3);
    }

    @Test
    void noMoreWaitToBeRecordedThanMayFly() {
        for (int i = 0; i < 6; i++) {
            slots.tryTake("a" + i);
            slots.release("a" + i);
        }

        assertThat(slots.free()).isZero();
        assertThat(slots.tryTake("b")).isFalse();

        assertThat(slots.recorded()).isTrue();
        assertThat(slots.free()).isEqualTo(1);
        assertThat(slots.tryTake("b")).isTrue();
    }

    @Test
    void anEndpointThatKeepsFailingIsOnlyProbed() {
        for (int i = 0; i < Circuits.FAILURES_TO_OPEN; i++) {
            circuits.failed("broken", false);
        }

        assertThat(slots.tryTake("broken")).isTrue();
        assertThat(slots.tryTake("broken")).isFalse();
        assertThat(slots.busyEndpoints()).containsExactly("broken");
    }

    @Test
    void anEndpointThatSaysItIsOverloadedIsOnlyProbedAtOnce() {
        circuits.failed("overloaded", true);

        assertThat(slots.tryTake("overloaded")).isTrue();
        assertThat(slots.tryTake("overloaded")).isFalse();
    }

    @Test
    void whatSomebodyAskedForGetsASlotOfAnEndpointThatIsOnlyProbed() {
        circuits.failed("overloaded", true);
        slots.tryTake("overloaded");

        assertThat(slots.tryTakeInAnyCase("overloaded")).isTrue();
        assertThat(slots.tryTakeInAnyCase("overloaded")).isFalse();
    }

    @Test
    void oneSuccessGivesAnEndpointItsSlotsBack() {
        circuits.failed("better", true);

        circuits.succeeded("better");

        assertThat(slots.tryTake("better")).isTrue();
        assertThat(slots.tryTake("better")).isTrue();
    }

    @Test
    void aFailureNowAndThenChangesNothing() {
        circuits.failed("fine", false);

        assertThat(slots.tryTake("fine")).isTrue();
        assertThat(slots.tryTake("fine")).isTrue();
    }

    @Test
    void anEndpointWithoutASlotLeftIsBusy() {
        slots.tryTake("slow");
        slots.tryTake("slow");
        slots.tryTake("quick");

        assertThat(slots.busyEndpoints()).containsExactly("slow");
    }

    @Test
    void anEndpointIsBusyNoLongerOnceItGivesASlotBack() {
        slots.tryTake("slow");
        slots.tryTake("slow");

        slots.release("slow");

        assertThat(slots.busyEndpoints()).isEmpty();
    }

    @Test
    void aSlotIsAwaitedWhereItsEndpointHadNoMore() {
        slots.tryTake("slow");
        slots.tryTake("slow");
        slots.tryTake("slow");

        assertThat(slots.release("slow")).isTrue();
        assertThat(slots.release("slow")).isFalse();
    }

    @Test
    void aSlotIsAwaitedWhereAnEndpointWasSeenToBeBusyThoughItHasMoreRoomMeanwhile() {
        circuits.failed("better", true);
        slots.tryTake("better");
        slots.busyEndpoints();
        circuits.succeeded("better");

        assertThat(slots.release("better")).isTrue();
    }

    @Test
    void everySlotIsAwaitedWhereTheNodeHadNoMore() {
        slots.tryTake("a");
        slots.tryTake("b");
        slots.tryTake("c");
        slots.free();

        assertThat(slots.release("a")).isTrue();
        assertThat(slots.release("b")).isFalse();
    }

    @Test
    void noSlotIsAwaitedWhereThereWasRoom() {
        slots.tryTake("quick");

        assertThat(slots.free()).isPositive();
        assertThat(slots.busyEndpoints()).isEmpty();
        assertThat(slots.release("quick")).isFalse();
    }
}
