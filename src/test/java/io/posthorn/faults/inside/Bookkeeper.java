package io.posthorn.faults.inside;

import io.posthorn.WebhookEvent;
import io.posthorn.Webhooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * An application's observer. Its transactional effect is a webhook of its own, so that whoever receives those sees how
 * often it took place.
 */
@ApplicationScoped
public class Bookkeeper {

    /** The event type whose observer calls the test before it ends, and waits for the answer. */
    public static final String ASKING = "asking";

    /** The same of one that holds a second connection meanwhile. */
    public static final String ASKING_TWICE = "asking.twice";

    /** The system property with the URL that is called. */
    public static final String ASKED = "test.asked";

    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    Webhooks webhooks;

    @Inject
    SecondTransaction second;

    void book(@Observes WebhookEvent event) throws IOException, InterruptedException {
        webhooks.publish("event.booked", event.externalId().orElseThrow());
        if (event.type().equals(ASKING)) {
            ask();
        }
        if (event.type().equals(ASKING_TWICE)) {
            second.call(this::ask);
        }
    }

    private Void ask() throws IOException, InterruptedException {
        http.send(HttpRequest.newBuilder(URI.create(System.getProperty(ASKED))).build(), BodyHandlers.discarding());
        return null;
    }
}
