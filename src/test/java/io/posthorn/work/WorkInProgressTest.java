package io.posthorn.work;

import static java.util.function.Function.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkInProgressTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Claimed FIRST = new Claimed("1", "c");
    private static final Claimed SECOND = new Claimed("2", "c");

    private final WorkInProgress work = new WorkInProgress();

    @Test
    void whatIsClaimedIsInProgressUntilItIsDone() {
        work.claim(() -> List.of(FIRST, SECOND), identity());

        work.done(FIRST);

        assertThat(work.all()).containsExactly(SECOND);
    }

    @Test
    void afterTheStopNothingIsClaimed() {
        work.stopClaiming();

        assertThat(work.claim(() -> List.of(FIRST), identity())).isEmpty();
        assertThat(work.size()).isZero();
    }

    @Test
    void theWaitEndsWhenTheLastIsDone() {
        work.claim(() -> List.of(FIRST, SECOND), identity());
        work.stopClaiming();
        CompletableFuture<List<Claimed>> left = waitFor(LONG);

        work.done(FIRST);
        assertThat(left).isNotDone();
        work.done(SECOND);

        await().untilAsserted(() -> assertThat(left).isCompletedWithValue(List.of()));
    }

    @Test
    void theWaitEndsWithItsLimitAndSaysWhatIsLeft() {
        work.claim(() -> List.of(FIRST), identity());
        work.stopClaiming();

        assertThat(waitFor(Duration.ofMillis(50)).join()).containsExactly(FIRST);
    }

    @Test
    void aClaimThatIsBeingMadeIsWaitedForToo() throws Exception {
        CountDownLatch claiming = new CountDownLatch(1);
        CountDownLatch claimed = new CountDownLatch(1);
        CompletableFuture<List<Claimed>> items = CompletableFuture.supplyAsync(() -> work.claim(
                () -> {
                    claiming.countDown();
                    join(claimed);
                    return List.of(FIRST);
                },
                identity()));
        claiming.await();
        work.stopClaiming();
        CompletableFuture<List<Claimed>> left = waitFor(LONG);

        assertThat(left).isNotDone();
        claimed.countDown();
        items.join().forEach(work::done);

        await().untilAsserted(() -> assertThat(left).isCompletedWithValue(List.of()));
    }

    private CompletableFuture<List<Claimed>> waitFor(Duration limit) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return List.copyOf(work.awaitDone(limit));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
