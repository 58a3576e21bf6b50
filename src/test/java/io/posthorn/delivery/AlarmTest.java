package io.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final Alarm alarm = new Alarm(scheduler, runs::incrementAndGet);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void itGoesOffAtTheEarliestMomentThatItIsSetTo() {
        alarm.setIn(LONG);
        alarm.setIn(Duration.ZERO);
        alarm.setIn(LONG);

        await().until(() -> runs.get() == 1);
    }

    @Test
    void whatIsLaterThanWhatItIsSetToChangesNothing() {
        alarm.setIn(LONG);
        alarm.setIn(LONG.multipliedBy(2));

        assertThat(scheduler.getQueue()).hasSize(1);
    }

    @Test
    void itCanBeSetAgainOnceItWentOff() {
        alarm.setIn(Duration.ZERO);
        await().until(() -> runs.get() == 1);

        alarm.setIn(Duration.ZERO);

        await().until(() -> runs.get() == 2);
    }
}
