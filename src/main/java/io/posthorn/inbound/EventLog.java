package io.posthorn.inbound;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;

import io.github.bucket4j.Bucket;
import io.posthorn.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Logs events that are dispatched, or would be if anybody observed them, so that a first webhook shows without any code. Of
 * more than a few a second, only those few: the rest at the level DEBUG.
 */
@ApplicationScoped
class EventLog {

    private static final System.Logger LOG = System.getLogger(EventLog.class.getName());

    private static final int PER_SECOND = 20;

    private final Bucket shown = Bucket.builder()
            .addLimit(limit -> limit.capacity(PER_SECOND).refillGreedy(PER_SECOND, Duration.ofSeconds(1)))
            .build();

    void log(@Observes WebhookEvent event) {
        log(event.id(), event.type(), event.source());
    }

    void log(String id, String type, String source) {
        LOG.log(shown.tryConsume(1) ? INFO : DEBUG, "Webhook {0}: {1} from {2}", id, printable(type), source);
    }

    /** The type is the sender's text; only what is plain reaches the log. */
    private static String printable(String text) {
        return text.replaceAll("[^\\p{Print}]", "?");
    }
}
