package io.posthorn.it;

import io.posthorn.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

    void observe(@Observes WebhookEvent event) throws InterruptedException {
        Path directory = Path.of(System.getProperty(DIRECTORY));
        append(directory.resolve(STARTED), event.id());
        if (Files.exists(directory.resolve(HOLD))) {
            new CountDownLatch(1).await();
        }
        append(directory.resolve(DONE), event.id());
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(
                    file, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
