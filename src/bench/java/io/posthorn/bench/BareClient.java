package io.posthorn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/** The client that Posthorn delivers with, and nothing around it. */
final class BareClient implements AutoCloseable {

    private final URI uri;
    private final CloseableHttpAsyncClient client = HttpAsyncClients.custom()
            .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(Installation.IN_FLIGHT)
                    .setMaxConnPerRoute(Installation.IN_FLIGHT)
                    .build())
            .build();
    private final Semaphore slots = new Semaphore(Installation.IN_FLIGHT);

    BareClient(Sink sink) {
        uri = URI.create("http://127.0.0.1:" + sink.port() + "/bare");
        client.start();
    }

    /** Waits for a slot, not for the answer. */
    void post(String body, String id) {
        slots.acquireUninterruptibly();
        start(body, id, new Release());
    }

    /** Waits for the answer. */
    void postAndWait(String body) {
        try {
            start(body, "", null).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<SimpleHttpResponse> start(
            String body, String id, @Nullable FutureCallback<SimpleHttpResponse> callback) {
        SimpleHttpRequest request = SimpleRequestBuilder.post(uri)
                .setBody(body, ContentType.APPLICATION_JSON)
                .addHeader("webhook-id", id)
                .build();
        return client.execute(request, callback);
    }

    void awaitAnswers() {
        slots.acquireUninterruptibly(Installation.IN_FLIGHT);
        slots.release(Installation.IN_FLIGHT);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Release implements FutureCallback<SimpleHttpResponse> {
        @Override
        public void completed(SimpleHttpResponse response) {
            slots.release();
        }

        @Override
        public void failed(Exception e) {
            throw new IllegalStateException(e);
        }

        @Override
        public void cancelled() {
            slots.release();
        }
    }
}
