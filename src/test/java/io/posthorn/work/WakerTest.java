package io.posthorn.work;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class WakerTest {

    private final ManualExecutor executor = new ManualExecutor();
    private Runnable duringRun = () -> {};
    private int runs;
    private final Waker waker = new Waker(executor, () -> {
        runs++;
        duringRun.run();
    });

    @Test
    void theTaskRunsOnTheExecutorAndNotOnWhoeverWakesIt() {
        waker.wake();

        assertThat(runs).isZero();
        executor.runAll();
        assertThat(runs).isEqualTo(1);
    }

    @Test
    void wakeUpsBeforeTheRunAreOneRun() {
        waker.wake();
        waker.wake();
        waker.wake();

        executor.runAll();

        assertThat(runs).isEqualTo(1);
    }

    /** WildFly throws a RollbackException, which is checked, out of transactional methods that declare none. */
    @Test
    void aTaskThatThrowsWhatItDoesNotDeclareIsWokenAgain() {
        duringRun = once(() -> WakerTest.<RuntimeException>throwUndeclared(new RollbackException("could not commit")));
        waker.wake();
        executor.runAll();

        waker.wake();
        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @SuppressWarnings("unchecked") // the compiler is to be deceived
    private static <E extends Exception> void throwUndeclared(Exception e) throws E {
        throw (E) e;
    }

    @Test
    void wakeUpsDuringTheRunAreOneFurtherRun() {
        duringRun = once(() -> {
            waker.wake();
            waker.wake();
        });
        waker.wake();

        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aWakeUpDuringTheRunDoesNotStartASecondBesideIt() {
        duringRun = once(() -> {
            waker.wake();
            assertThat(executor.waiting()).isZero();
        });
        waker.wake();

        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aWakeUpAfterTheRunStartsAnother() {
        waker.wake();
        executor.runAll();

        waker.wake();
        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aTaskThatThrowsIsRunAtTheNextWakeUp() {
        duringRun = once(() -> {
            throw new IllegalStateException("the database is away");
        });
        waker.wake();
        executor.runAll();

        waker.wake();
        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aWakeUpDuringARunThatThrowsIsNotMissed() {
        duringRun = once(() -> {
            waker.wake();
            throw new IllegalStateException("the database is away");
        });
        waker.wake();

        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aTaskThatFailsWithAnErrorIsRunAtTheNextWakeUp() {
        duringRun = once(() -> {
            throw new NoClassDefFoundError("a library");
        });
        waker.wake();
        executor.runAll();

        waker.wake();
        executor.runAll();

        assertThat(runs).isEqualTo(2);
    }

    @Test
    void aWakeUpThatTheExecutorRefusesDoesNotBlockTheNext() {
        executor.refuseNext();
        waker.wake();

        waker.wake();
        executor.runAll();

        assertThat(runs).isEqualTo(1);
    }

    private Runnable once(Runnable action) {
        return () -> {
            duringRun = () -> {};
            action.run();
        };
    }

    /** Runs what it was given when the test says so. */
    private static final class ManualExecutor implements Executor {

        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private boolean refusing;

        @Override
        public void execute(Runnable task) {
            if (refusing) {
                refusing = false;
                throw new RejectedExecutionException();
            }
            tasks.add(task);
        }

        void refuseNext() {
            refusing = true;
        }

        int waiting() {
            return tasks.size();
        }

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }
}
