package io.posthorn.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gets what a URL has, within a time and a size. Redirects are not followed. */
final class BoundedDownload {

    private final HttpClient http;
    private final Duration timeout;
    private final int maxBytes;

    /** @param timeout of the whole, from connecting to the last byte */
    BoundedDownload(Duration timeout, int maxBytes) {
        this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    /** @throws IOException if it is not answered with a 200, or not within the bounds */
    byte[] get(URI url) throws IOException, InterruptedException {
        // The timeout of a request ends with the headers, so the body needs this one.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(HttpRequest.newBuilder(url).build(), this::subscriber);
        try {
            HttpResponse<byte[]> whole = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (whole.statusCode() != 200) {
                throw new IOException("answered " + whole.statusCode());
            }
            return whole.body();
        } catch (ExecutionException e) {
            throw new IOException("could not be read", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("took more than " + timeout, e);
        } finally {
            answer.cancel(true);
        }
    }

    private BodySubscriber<byte[]> subscriber(HttpResponse.ResponseInfo answer) {
        return answer.statusCode() == 200 ? new Body(maxBytes) : BodySubscribers.replacing(new byte[0]);
    }

    /** Stops reading with the first byte too many. */
    private static final class Body implements BodySubscriber<byte[]> {

        private final int maxBytes;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private @Nullable Subscription subscription;

        Body(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (buffer.remaining() > maxBytes - received.size()) {
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    whole.completeExceptionally(new IOException("has more than " + maxBytes + " bytes"));
                    return;
                }
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                received.writeBytes(bytes);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(received.toByteArray());
        }
    }
}
