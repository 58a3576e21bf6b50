package io.posthorn.source;

import io.posthorn.json.JsonParts;
import io.posthorn.json.StrictJson;
import java.util.List;

/** Tells the events of a request apart, where a provider sends several together. */
@FunctionalInterface
public interface Batch {

    /** Each request is an event. */
    Batch NONE = body -> List.of();

    /** The body is an array of events. */
    Batch BODY = body -> JsonParts.elements(StrictJson.decode(body));

    /**
     * The events in a body, in the sender's own words: each is what was written there, and not what it says written anew.
     *
     * @param body JSON that {@link StrictJson} has parsed
     * @return empty if the whole body is one event
     */
    List<String> items(byte[] body);

    /** @param name of the body's member that is an array of events */
    static Batch in(String name) {
        return body -> JsonParts.value(StrictJson.decode(body), name)
                .map(JsonParts::elements)
                .orElse(List.of());
    }
}
