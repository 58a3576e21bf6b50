package io.posthorn.source;

import io.posthorn.signature.SignatureVerifier;

/**
 * A secret of a source, to answer handshakes with.
 *
 * @param verifier of this secret alone
 */
public record SourceSecret(String text, SignatureVerifier verifier) {

    @Override
    public String toString() {
        return "SourceSecret[***]";
    }
}
