package io.posthorn.inbound;

import static java.lang.System.Logger.Level.INFO;

import io.posthorn.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Logs every event that is dispatched, or would be if anybody observed it, so that a first webhook shows without any code. */
@ApplicationScoped
class EventLog {

    private static final System.Logger LOG = System.getLogger(EventLog.class.getName());

    void log(@Observes WebhookEvent event) {
        log(event.id(), event.type(), event.source());
    }

    void log(String id, String type, String source) {
        LOG.log(INFO, "Webhook {0}: {1} from {2}", id, printable(type), source);
    }

    /** The type is the sender's text; only what is plain reaches the log. */
    private static String printable(String text) {
        return text.replaceAll("[^\\p{Print}]", "?");
    }
}
