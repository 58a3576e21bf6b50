package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {

    private final Queue<Runnable> submitted = new ArrayDeque<>();
    private final List<List<Integer>> groups = new ArrayList<>();
    private final Batcher<Integer> batcher = new Batcher<>(submitted::add, groups::add);

    @Test
    void whatWasAddedMeanwhileIsOneGroup() {
        batcher.add(1);
        batcher.add(2);
        batcher.add(3);
        runSubmitted();
        batcher.add(4);
        runSubmitted();

        assertThat(groups).containsExactly(List.of(1, 2, 3), List.of(4));
    }

    @Test
    void aGroupHasNoMoreThanAHundred() {
        IntStream.range(0, 250).forEach(batcher::add);
        runSubmitted();

        assertThat(groups).extracting(List::size).containsExactly(100, 100, 50);
    }

    @Test
    void whatIsAddedDuringAGroupIsInTheNext() {
        Batcher<Integer>[] self = newArray();
        self[0] = new Batcher<>(submitted::add, group -> {
            groups.add(group);
            if (group.contains(1)) {
                self[0].add(2);
            }
        });

        self[0].add(1);
        runSubmitted();

        assertThat(groups).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void aGroupThatFailsDoesNotStopTheNext() {
        Batcher<Integer> failing = new Batcher<>(submitted::add, group -> {
            groups.add(group);
            if (group.contains(1)) {
                throw new IllegalStateException("a failure that this test makes");
            }
        });

        failing.add(1);
        runSubmitted();
        failing.add(2);
        runSubmitted();

        assertThat(groups).containsExactly(List.of(1), List.of(2));
    }

    @SuppressWarnings("unchecked") // an array of one, so that the batcher's consumer can name it
    private static Batcher<Integer>[] newArray() {
        return new Batcher[1];
    }

    private void runSubmitted() {
        for (Runnable next = submitted.poll(); next != null; next = submitted.poll()) {
            next.run();
        }
    }
}
