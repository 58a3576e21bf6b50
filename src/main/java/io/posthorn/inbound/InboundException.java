package io.posthorn.inbound;

/** A webhook that is not taken: a status, and one plain sentence that gives nothing away. */
final class InboundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String sentence;

    private InboundException(int status, String sentence) {
        super(sentence);
        this.status = status;
        this.sentence = sentence;
    }

    static InboundException unknownSource() {
        return new InboundException(404, "Unknown source");
    }

    static InboundException invalidSignature() {
        return new InboundException(401, "Invalid signature");
    }

    static InboundException invalidPayload() {
        return new InboundException(400, "Invalid payload");
    }

    String sentence() {
        return sentence;
    }

    int status() {
        return status;
    }
}
