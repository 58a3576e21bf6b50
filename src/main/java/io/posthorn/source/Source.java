package io.posthorn.source;

import io.posthorn.signature.SignatureVerifier;
import jakarta.json.JsonPointer;

/**
 * A configured sender.
 *
 * @param idPointer where the body holds the sender's id of the delivery, unless the scheme has a header for it
 * @param typePointer where the body holds the event type
 */
public record Source(String name, SignatureVerifier verifier, JsonPointer idPointer, JsonPointer typePointer) {}
