package io.posthorn.signature;

/**
 * A request as it arrived: its headers and the very bytes of its body, which is what a signature covers.
 *
 * @param url that the sender called, for the schemes that sign it; empty where nobody needs it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point; nobody compares two requests
public record WebhookRequest(RequestHeaders headers, byte[] body, String url) {

    public WebhookRequest(RequestHeaders headers, byte[] body) {
        this(headers, body, "");
    }
}
