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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Deployed with Posthorn where other people's libraries send to it: notes which of its observers was called with what, a
 * line a call, for {@code src/test/node/posthorn.js} to read.
 */
@ApplicationScoped
public class NotingObserver {

    static final String NOTES = "test.noting.notes";

    void any(@Observes WebhookEvent event) {
        note("any", event);
    }

    void pushed(@Observes @EventType("push") WebhookEvent event) {
        note("push", event);
    }

    void pullRequest(@Observes @EventType("pull_request.*") WebhookEvent event) {
        note("pull_request.*", event);
    }

    /** The type comes last, since a sender may have put spaces into it. */
    private static synchronized void note(String observer, WebhookEvent event) {
        String line =
                String.join(" ", observer, event.source(), event.id(), sha256(event.rawBody()), event.type()) + "\n";
        try {
            Files.writeString(
                    Path.of(System.getProperty(NOTES)), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
