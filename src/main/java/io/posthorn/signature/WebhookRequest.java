package io.posthorn.signature;

import java.util.function.Supplier;

/**
 * A request as it arrived: its headers and the very bytes of its body, which is what a signature covers.
 *
 * @param calledUrl finds the URL that the sender called, for the few schemes that sign it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point; nobody compares two requests
public record WebhookRequest(RequestHeaders headers, byte[] body, Supplier<String> calledUrl) {

    public WebhookRequest(RequestHeaders headers, byte[] body) {
        this(headers, body, "");
    }

    public WebhookRequest(RequestHeaders headers, byte[] body, String url) {
        this(headers, body, () -> url);
    }

    /** The URL that the sender called; empty where nobody needs it. */
    public String url() {
        return calledUrl.get();
    }
}
