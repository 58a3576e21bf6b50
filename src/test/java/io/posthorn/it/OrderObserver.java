package io.posthorn.it;

import io.posthorn.EventType;
import io.posthorn.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Deployed with Posthorn on several nodes: notes when it begins an event and when it ends it, and fails now and then. */
@ApplicationScoped
public class OrderObserver {

    static final String NOTES = "test.order.notes";
    static final String TYPE = "step";

    /** The type of events whose observer waits for the lock of a file. */
    static final String HELD_TYPE = "held";

    static final String LOCK = "test.order.lock";

    /** Of so many events of a customer, one fails in its first dispatch. */
    static final int FAILING = 7;

    void observe(@Observes @EventType(TYPE) WebhookEvent event) {
        String customer = event.payload().asJsonObject().getString("customer");
        int number = event.payload().asJsonObject().getInt("number");
        note(customer + " " + number + " begins");
        if (number % FAILING == 0 && event.dispatch() == 1) {
            throw new IllegalStateException("not the first time");
        }
        note(customer + " " + number + " ends");
    }

    /** Fails at first, so that it is tried again, and then takes as long as the test keeps its lock. */
    void observeHeld(@Observes @EventType(HELD_TYPE) WebhookEvent event) throws IOException {
        if (event.dispatch() == 1) {
            throw new IllegalStateException("not the first time");
        }
        note(event.id() + " begins");
        try (FileChannel file = FileChannel.open(Path.of(System.getProperty(LOCK)), StandardOpenOption.WRITE)) {
            file.lock();
        }
    }

    /** Nobody waits for what it returns, which both servers say as they start. */
    CompletionStage<Void> observeOnItsOwn(@ObservesAsync @EventType("unheard") WebhookEvent event) {
        return CompletableFuture.failedFuture(new IllegalStateException("nobody is told"));
    }

    private static void note(String line) {
        try {
            Files.writeString(
                    Path.of(System.getProperty(NOTES)),
                    line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
