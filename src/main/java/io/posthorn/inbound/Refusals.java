package io.posthorn.inbound;

import static java.lang.System.Logger.Level.WARNING;

import io.posthorn.observe.Metrics;
import io.posthorn.source.Source;
import io.posthorn.work.Remembered;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;

/**
 * Tells who runs the server why webhooks did not arrive, or a handshake failed. Each refused one is counted; of those that a
 * source refuses for one reason, one a minute is logged, as anybody can send them.
 */
@ApplicationScoped
class Refusals {

    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    private static final String SOURCE = Refusals.class.getName();

    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    /** Tenants may have any number of sources. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<String, Long> told = new Remembered<>(MAX_REMEMBERED);

    @Inject
    Metrics metrics;

    /** Notes which source a request is for; the request may not tell, as a path may have its token. */
    static void concern(Source source, HttpServletRequest request) {
        request.setAttribute(SOURCE, source);
    }

    void tell(HttpServletRequest request, InboundException why) {
        tell(
                request.getAttribute(SOURCE) instanceof Source source
                        ? "the source " + source.name()
                        : "an unknown source",
                why);
    }

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
