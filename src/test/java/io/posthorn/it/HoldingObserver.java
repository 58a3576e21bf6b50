package io.posthorn.it;

import io.posthorn.EventType;
import io.posthorn.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/** Deployed with Posthorn where a server is to be killed: notes each event, and never ends while it is told to hold. */
@ApplicationScoped
public class HoldingObserver {

    static final String DIRECTORY = "test.observer.directory";
    static final String HOLD = "hold";
    static final String STARTED = "started";
    static final String DONE = "done";

    /** The type of events whose asynchronous observer alone holds. */
    static final String LATER = "later";

    static final String STARTED_LATER = "started-later";
    static final String DONE_LATER = "done-later";

    void observe(@Observes WebhookEvent event) throws InterruptedException {
        append(STARTED, event);
        if (!event.type().equals(LATER)) {
            hold();
        }
        append(DONE, event);
    }

    void observeLater(@ObservesAsync @EventType(LATER) WebhookEvent event) throws InterruptedException {
        append(STARTED_LATER, event);
        hold();
        append(DONE_LATER, event);
    }

    private static void hold() throws InterruptedException {
        if (Files.exists(directory().resolve(HOLD))) {
            new CountDownLatch(1).await();
        }
    }

    private static Path directory() {
        return Path.of(System.getProperty(DIRECTORY));
    }

    private static void append(String file, WebhookEvent event) {
        try {
            Files.writeString(
                    directory().resolve(file),
                    event.id() + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
