package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.posthorn.delivery.DeliveryPolicy.Decision;
import io.posthorn.endpoint.Application;
import io.posthorn.endpoint.Endpoint;
import io.posthorn.message.Message;
import io.posthorn.work.Claimed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static final AttemptResult SUCCESS =
            AttemptResult.answered(new EndpointResponse(200, "ok"), Duration.ofMillis(1));
    private static final AttemptResult FAILURE =
            AttemptResult.answered(new EndpointResponse(500, "no"), Duration.ofMillis(1));

    private final CountedMetrics metrics = new CountedMetrics();
    private final Recorder recorder = new Recorder();
    private final Outcomes outcomes = new Outcomes();

    OutcomesTest() {
        outcomes.recorder = recorder;
        outcomes.metrics = metrics;
    }

    @Test
    void aGroupThatIsWrittenIsCountedOnce() {
        PlainSuccess success = new PlainSuccess(delivery(), SUCCESS);

        assertThat(outcomes.succeeded(List.of(success)))
                .containsExactly(success.due().claimed());
        assertThat(metrics.counted).containsExactly(Decision.SUCCEEDED);
    }

    @Test
    void aGroupWhoseCommitFailsIsLeftAndNotCounted() {
        recorder.commitFails = true;

        assertThat(outcomes.succeeded(List.of(new PlainSuccess(delivery(), SUCCESS))))
                .isEmpty();
        assertThat(metrics.counted).isEmpty();
    }

    @Test
    void whatIsRecordedByItselfIsCounted() {
        outcomes.attempted(delivery(), SUCCESS);

        assertThat(metrics.counted).containsExactly(Decision.SUCCEEDED);
    }

    @Test
    void whatAnotherNodeHasTakenOverIsNotCountedHere() {
        recorder.lost = true;

        outcomes.attempted(delivery(), FAILURE);
        outcomes.discarded(delivery(), DeliveryStatus.FAILED, "endpoint disabled");

        assertThat(metrics.counted).isEmpty();
        assertThat(metrics.discarded).isEmpty();
    }

    @Test
    void whatCannotBeRecordedIsNotCounted() {
        recorder.databaseAway = true;

        assertThatThrownBy(() -> outcomes.attempted(delivery(), FAILURE)).isInstanceOf(IllegalStateException.class);
        assertThat(metrics.counted).isEmpty();
    }

    @Test
    void whatIsDiscardedIsCounted() {
        outcomes.discarded(delivery(), DeliveryStatus.CANCELED, "endpoint deleted");

        assertThat(metrics.discarded).containsExactly(DeliveryStatus.CANCELED);
    }

    private static DueDelivery delivery() {
        return new DueDelivery(new Delivery(), new Message(), new Endpoint(), new Application(), "claim");
    }

    private static final class Recorder extends AttemptRecorder {

        private boolean commitFails;
        private boolean lost;
        private boolean databaseAway;

        @Override
        Set<Claimed> recordTogether(List<PlainSuccess> successes) {
            if (commitFails) {
                throw new IllegalStateException("commit");
            }
            return successes.stream().map(success -> success.due().claimed()).collect(Collectors.toSet());
        }

        @Override
        Optional<Decision> record(DueDelivery due, AttemptResult result) {
            if (databaseAway) {
                throw new IllegalStateException("away");
            }
            return lost ? Optional.empty() : Optional.of(Decision.SUCCEEDED);
        }

        @Override
        boolean discard(DueDelivery due, DeliveryStatus status, String reason) {
            return !lost;
        }
    }

    private static final class CountedMetrics extends DeliveryMetrics {

        private final List<Decision> counted = new ArrayList<>();
        private final List<DeliveryStatus> discarded = new ArrayList<>();

        @Override
        void attempted(AttemptResult result, Decision decision) {
            counted.add(decision);
        }

        @Override
        void discarded(DeliveryStatus status) {
            discarded.add(status);
        }
    }
}
