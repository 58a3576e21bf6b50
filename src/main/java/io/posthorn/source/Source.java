package io.posthorn.source;

import io.posthorn.signature.SignatureVerifier;
import java.util.List;
import java.util.Optional;

/**
 * A configured sender.
 *
 * @param id that stays when its name changes
 * @param inbox what its events are stored under, whatever it is called
 * @param name what it is called: what observers know it by, and where its requests go
 * @param fields where its requests have id, type and time
 * @param batch the events of a request that brings several
 * @param secrets for handshakes, the first one first; empty where there is none to sign
 * @param verifyToken that Meta shows in its handshake
 * @param order empty if events are dispatched as they come
 * @param acknowledgement what the provider has to read in the answer; empty for anything
 * @param url that the sender calls, for schemes that sign it; empty for the one that the request came to
 */
public record Source(
        String organizationId,
        String id,
        String inbox,
        String name,
        SignatureVerifier verifier,
        EventFields fields,
        Batch batch,
        Handshake handshake,
        List<SourceSecret> secrets,
        Optional<String> verifyToken,
        Optional<String> url,
        Optional<SourceOrder> order,
        Optional<String> acknowledgement,
        SourceRules rules,
        Forwarding forwarding) {

    @Override
    public String toString() {
        return "Source[" + name + "]";
    }
}
