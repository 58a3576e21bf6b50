package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.work.DatabaseTime.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {

    private final Queue<Reading> answers = new ArrayDeque<>();

    @Test
    void aQuestionThatIsAnsweredQuicklyIsAskedOnce() {
        answersTake(4, 1);

        assertThat(took()).hasMillis(4);
        assertThat(answers).hasSize(1);
    }

    @Test
    void aQuestionThatTakesLongIsAskedAgain() {
        answersTake(2_000, 3, 1);

        assertThat(took()).hasMillis(3);
        assertThat(answers).hasSize(1);
    }

    @Test
    void whereNoneIsAnsweredQuicklyTheQuickestCounts() {
        answersTake(900, 20, 30, 1);

        assertThat(took()).hasMillis(20);
        assertThat(answers).hasSize(1);
    }

    private void answersTake(long... millis) {
        LongStream.of(millis).forEach(each -> answers.add(new Reading(Instant.EPOCH, 0, Duration.ofMillis(each))));
    }

    private Duration took() {
        return DatabaseTime.quickest(answers::remove).took();
    }
}
