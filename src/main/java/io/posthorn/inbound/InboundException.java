package io.posthorn.inbound;

import io.posthorn.config.RateLimit;
import io.posthorn.rest.RateLimiter;
import io.posthorn.rest.WaitSeconds;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A webhook that is not taken: a status, and one plain sentence that gives nothing away. */
final class InboundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String sentence;
    private final transient Map<String, String> headers;

    private InboundException(int status, String sentence, Map<String, String> headers) {
        super(sentence);
        this.status = status;
        this.sentence = sentence;
        this.headers = headers;
    }

    private InboundException(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    static InboundException unknownSource() {
        return new InboundException(404, "Unknown source");
    }

    static InboundException forbiddenAddress() {
        return new InboundException(403, "Address not allowed");
    }

    static InboundException forbiddenHandshake() {
        return new InboundException(403, "Wrong verify token");
    }

    static InboundException invalidHandshake() {
        return new InboundException(400, "Invalid handshake");
    }

    static InboundException rateLimited(RateLimit limit, RateLimiter.Take take) {
        Map<String, String> headers = new HashMap<>(RateHeaders.refused(limit, take));
        headers.put("Retry-After", WaitSeconds.of(take.delay()));
        return new InboundException(429, "Rate limited", headers);
    }

    static InboundException tooLarge() {
        return new InboundException(413, "Payload too large");
    }

    static InboundException tooManyEvents() {
        return new InboundException(413, "Too many events in one request");
    }

    static InboundException tooLargeHeaders() {
        return new InboundException(413, "Headers too large for so many events in one request");
    }

    static InboundException forbiddenContentType() {
        return new InboundException(415, "Content type not allowed");
    }

    static InboundException invalidSignature() {
        return new InboundException(401, "Invalid signature");
    }

    static InboundException tooManyHops() {
        return new InboundException(409, "Too many hops, the webhook goes in a circle");
    }

    static InboundException invalidPayload() {
        return new InboundException(400, "Invalid payload");
    }

    static InboundException againstSchema() {
        return new InboundException(422, "Payload does not match the schema");
    }

    /** The sentence as the value of a label. */
    String reason() {
        return sentence().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
    }

    String sentence() {
        return sentence;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
