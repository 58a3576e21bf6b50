package io.posthorn.signature;

/** A request as it arrived: its headers and the very bytes of its body, which is what a signature covers. */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point; nobody compares two requests
public record WebhookRequest(RequestHeaders headers, byte[] body) {}
