package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void whatWaitsDuringACommitIsCommittedTogether() {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        List<List<Integer>> groups = new CopyOnWriteArrayList<>();
        GroupCommit<Integer, Integer> commits = new GroupCommit<>(
                items -> {
                    groups.add(items);
                    awaitLatch(firstMayEnd);
                    return items.stream().map(item -> item * 10).toList();
                },
                item -> -1);

        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> commits.write(0), threads);
        await().until(() -> groups.size() == 1);
        List<CompletableFuture<Integer>> others = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            int item = i;
            others.add(CompletableFuture.supplyAsync(() -> commits.write(item), threads));
        }
        await().until(() -> commits.waiting() == 20);
        firstMayEnd.countDown();

        assertThat(first.join()).isZero();
        for (int i = 1; i <= 20; i++) {
            assertThat(others.get(i - 1).join()).isEqualTo(i * 10);
        }
        assertThat(groups.stream().flatMap(List::stream)).hasSize(21).doesNotHaveDuplicates();
        assertThat(groups.size()).isLessThan(21);
    }

    /** A single thread that comes again and again must not keep others from what has been written for them. */
    @Test
    void whoHasBeenWrittenForNeedNotWaitForTheNextGroups() {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        CountDownLatch laterMayEnd = new CountDownLatch(1);
        List<List<String>> groups = new CopyOnWriteArrayList<>();
        GroupCommit<String, String> commits = new GroupCommit<>(
                items -> {
                    groups.add(items);
                    if (groups.size() == 1) {
                        awaitLatch(firstMayEnd);
                    } else if (!items.contains("a")) {
                        awaitLatch(laterMayEnd);
                    }
                    return items;
                },
                item -> "alone");

        CompletableFuture<?> eager = CompletableFuture.runAsync(
                () -> {
                    while (laterMayEnd.getCount() > 0) {
                        commits.write("eager");
                    }
                },
                threads);
        await().until(() -> groups.size() == 1);
        CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> commits.write("a"), threads);
        await().until(() -> commits.waiting() == 1);
        CompletableFuture<String> b = CompletableFuture.supplyAsync(() -> commits.write("b"), threads);
        await().until(() -> commits.waiting() == 2);
        firstMayEnd.countDown();

        await().until(() -> groups.size() >= 3);
        await().untilAsserted(() -> {
            assertThat(a).isCompletedWithValue("a");
            assertThat(b).isCompletedWithValue("b");
        });
        assertThat(eager).isNotDone();

        laterMayEnd.countDown();
        eager.join();
    }

    @Test
    void ofAGroupThatFailsEachIsToldOfItsOwnError() {
        CountDownLatch firstMayEnd = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        GroupCommit<String, String> commits = new GroupCommit<>(
                items -> {
                    started.incrementAndGet();
                    awaitLatch(firstMayEnd);
                    if (items.size() > 1) {
                        throw new IllegalStateException("together");
                    }
                    return items;
                },
                item -> {
                    if (item.equals("bad")) {
                        throw new IllegalArgumentException("alone");
                    }
                    return item + " alone";
                });

        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> commits.write("first"), threads);
        await().until(() -> started.get() == 1);
        CompletableFuture<String> good = CompletableFuture.supplyAsync(() -> commits.write("good"), threads);
        CompletableFuture<String> bad = CompletableFuture.supplyAsync(() -> commits.write("bad"), threads);
        await().until(() -> commits.waiting() == 2);
        firstMayEnd.countDown();

        assertThat(first.join()).isEqualTo("first");
        assertThat(good.join()).isEqualTo("good alone");
        assertThatThrownBy(bad::join).hasRootCauseMessage("alone");
    }

    @Test
    void whatFailsAloneIsNotTriedAgain() {
        GroupCommit<String, String> commits = new GroupCommit<>(
                items -> {
                    throw new IllegalStateException("its own");
                },
                item -> "alone");

        assertThatThrownBy(() -> commits.write("bad")).hasMessage("its own");
    }

    @Test
    void anErrorLeavesNobodyWaiting() {
        GroupCommit<String, String> commits = new GroupCommit<>(
                items -> {
                    throw new LinkageError("together");
                },
                item -> "alone");

        assertThatThrownBy(() -> commits.write("a")).isInstanceOf(LinkageError.class);
        assertThatThrownBy(() -> commits.write("b")).isInstanceOf(LinkageError.class);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
