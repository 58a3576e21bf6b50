package io.posthorn.delivery;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** What one attempt sends. Aborting it closes its connection, whether or not an answer is on the way. */
public final class SignedRequest {

    private final URI url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final AtomicReference<Future<?>> exchange = new AtomicReference<>();

    SignedRequest(URI url, Map<String, String> headers, byte[] body) {
        this.url = url;
        this.headers = headers;
        this.body = body;
    }

    URI url() {
        return url;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    void startedAs(Future<?> running) {
        exchange.set(running);
    }

    void abort() {
        Future<?> running = exchange.get();
        if (running != null) {
            running.cancel(true);
        }
    }
}
