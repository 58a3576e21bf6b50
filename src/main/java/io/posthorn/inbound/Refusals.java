package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.observe.Metrics;
import io.posthorn.work.Remembered;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;

/**
 * Tells who runs the server why webhooks did not arrive. Each refused one is counted; of those that a source refuses for one
 * reason, one a minute is logged, as anybody can send them.
 */
@ApplicationScoped
class Refusals {

    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    /** Tenants may have any number of sources. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<String, Long> told = new Remembered<>(MAX_REMEMBERED);

    @Inject
    Metrics metrics;

    /** @param source what it is called, which the request may not tell: a path may have its token */
    void tell(String source, InboundException why) {
        metrics.count("posthorn.events.refused", why.reason());
        if (isNews(source + " " + why.sentence())) {
            LOG.log(
                    WARNING,
                    "A webhook for {0} was refused with {1}: {2}. More of these are not logged for a minute",
                    source,
                    why.status(),
                    why.sentence());
        }
    }

    private synchronized boolean isNews(String what) {
        long now = System.nanoTime();
        Long last = told.get(what);
        if (last != null && now - last < QUIET_NANOS) {
            return false;
        }
        told.put(what, now);
        return true;
    }
}
