package io.posthorn.signature;

import java.time.Instant;
import java.util.Set;

/** Decides whether a request was signed with one of the secrets of a source. */
@FunctionalInterface
public interface SignatureVerifier {

    /**
     * Whether the signature is genuine and, for schemes that sign a time, inside the replay window.
     * A missing, malformed and wrong signature are not told apart, so that the answer teaches an attacker nothing.
     */
    boolean verify(WebhookRequest request, Instant now);

    /** The headers that show the secret as it is, in lower case. */
    default Set<String> secretHeaders() {
        return Set.of();
    }
}
