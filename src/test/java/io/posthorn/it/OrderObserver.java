package io.posthorn.it;

import io.posthorn.EventType;
import io.posthorn.WebhookEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Deployed with Posthorn on several nodes: notes when it begins an event and when it ends it, and fails now and then. */
@ApplicationScoped
public class OrderObserver {

    static final String NOTES = "test.order.notes";
    static final String TYPE = "step";

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
