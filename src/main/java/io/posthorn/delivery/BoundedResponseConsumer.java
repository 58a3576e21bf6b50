package io.posthorn.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;

/** Keeps the beginning of an answer and stops there, so that an endless body costs no more than a short one. */
final class BoundedResponseConsumer extends AbstractBinResponseConsumer<EndpointResponse> {

    static final int MAX_BODY_BYTES = 20_000;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Consumer<EndpointResponse> onFull;
    private int status;
    private Optional<String> retryAfter = Optional.empty();
    private boolean full;

    /** @param onFull called once the kept part is full and the answer has not ended; its rest is not worth waiting for */
    BoundedResponseConsumer(Consumer<EndpointResponse> onFull) {
        this.onFull = onFull;
    }

    @Override
    protected void start(HttpResponse response, ContentType contentType) {
        status = response.getCode();
        retryAfter = Optional.ofNullable(response.getFirstHeader(HttpHeaders.RETRY_AFTER))
                .map(Header::getValue);
    }

    @Override
    protected int capacityIncrement() {
        return MAX_BODY_BYTES;
    }

    @Override
    protected void data(ByteBuffer source, boolean endOfStream) {
        byte[] chunk = new byte[Math.min(source.remaining(), MAX_BODY_BYTES - body.size())];
        source.get(chunk);
        body.writeBytes(chunk);
        source.position(source.limit());
        // Whether or not more is to come: an answer is read no further, so a stall after this point is nobody's fault.
        if (!full && !endOfStream && body.size() == MAX_BODY_BYTES) {
            full = true;
            onFull.accept(buildResult());
        }
    }

    @Override
    protected EndpointResponse buildResult() {
        return new EndpointResponse(status, AnswerText.of(body.toByteArray(), full), retryAfter);
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
