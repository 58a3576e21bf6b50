package io.posthorn.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.posthorn.work.Claimed;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskRunnerTest {

    private static final Claimed TASK = new Claimed("qtask_1", "claim");

    @Test
    void aTaskWhoseWorkCannotBeDoneHasFailed() {
        assertThat(failedBy(new IllegalStateException("Nobody does tasks of the kind x")))
                .containsExactly(TASK);
        assertThat(failedBy(new PersistenceException(new SQLException("value too long", "22001"))))
                .containsExactly(TASK);
    }

    static Stream<SQLException> outages() {
        return Stream.of(
                new SQLException("an I/O error occurred while sending to the backend", "08006"),
                new SQLException("terminating connection due to administrator command", "57P01"),
                new SQLTransientConnectionException("none of the 50 database connections became free within 5 s"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aTaskThatAnOutageOfTheDatabaseInterruptsHasNotFailed(SQLException outage) {
        assertThat(failedBy(new PersistenceException(outage))).isEmpty();
    }

    /** The tasks that are given up when the only one that is due throws an error. */
    private static List<Claimed> failedBy(RuntimeException error) {
        List<Claimed> due = new ArrayList<>(List.of(TASK));
        List<Claimed> failed = new ArrayList<>();
        TaskRunner runner = new TaskRunner();
        runner.executor = onTheSpot();
        runner.queue = new TaskQueue() {
            @Override
            List<Claimed> claim() {
                List<Claimed> claimed = List.copyOf(due);
                due.clear();
                return claimed;
            }

            @Override
            boolean doNextBatch(Claimed claimed) {
                throw error;
            }

            @Override
            void fail(Claimed claimed) {
                failed.add(claimed);
            }
        };
        runner.prepare();

        runner.wake(new BackgroundTask());

        assertThat(runner.inProgress().all()).isEmpty();
        return failed;
    }

    private static ManagedExecutorService onTheSpot() {
        return (ManagedExecutorService) Proxy.newProxyInstance(
                TaskRunnerTest.class.getClassLoader(),
                new Class<?>[] {ManagedExecutorService.class},
                (proxy, method, arguments) -> {
                    ((Runnable) arguments[0]).run();
                    return null;
                });
    }
}
