package io.posthorn.signature;

/** A secret that cannot protect anything: empty, of the wrong form or of the wrong length. Never holds the secret. */
public final class UnusableSecretException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String allowed;

    UnusableSecretException(String allowed) {
        super("Expected " + allowed);
        this.allowed = allowed;
    }

    /** What would have been accepted, in words. */
    public String allowed() {
        return allowed;
    }
}
