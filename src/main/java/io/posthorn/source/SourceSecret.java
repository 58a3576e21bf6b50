package io.posthorn.source;

import io.posthorn.signature.SignatureVerifier;
import java.util.function.Supplier;

/**
 * A secret of a source, to answer handshakes with.
 *
 * @param verifiers makes that of this secret alone, which few handshakes want
 */
public record SourceSecret(String text, Supplier<SignatureVerifier> verifiers) {

    /** Verifies what this secret alone has signed. */
    public SignatureVerifier verifier() {
        return verifiers.get();
    }

    @Override
    public String toString() {
        return "SourceSecret[***]";
    }
}
