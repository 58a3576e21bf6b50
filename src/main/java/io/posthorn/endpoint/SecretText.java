package io.posthorn.endpoint;

/** A text that must not reach a log: it has to be asked for. */
public record SecretText(String reveal) {

    @Override
    public String toString() {
        return "(hidden)";
    }
}
