package io.posthorn.boot;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.config.Settings;
import io.posthorn.work.Claimed;
import io.posthorn.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;

/**
 * Ends the work of a node that is stopped: nothing more is claimed, what is in progress may end within a limit, and what
 * is left is given back, so that no other node has to wait for its lease.
 */
@ApplicationScoped
class GracefulStop {

    private static final System.Logger LOG = System.getLogger(GracefulStop.class.getName());

    @Inject
    Settings settings;

    @Inject
    @Any
    Instance<Worker> workers;

    void stop() {
        workers.forEach(worker -> worker.inProgress().stopClaiming());
        long deadline = System.nanoTime() + settings.shutdownTimeout().toNanos();
        for (Worker worker : workers) {
            end(worker, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private static void end(Worker worker, Duration limit) {
        Collection<Claimed> left = left(worker, limit);
        if (left.isEmpty()) {
            return;
        }
        try {
            worker.release(left);
            LOG.log(INFO, "Given back unfinished: {0}", left.size());
        } catch (Exception e) {
            LOG.log(WARNING, "Work could not be given back; other nodes take it when its leases end", e);
        }
    }

    private static Collection<Claimed> left(Worker worker, Duration limit) {
        try {
            return worker.inProgress().awaitDone(limit);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return worker.inProgress().all();
        }
    }
}
