package io.posthorn.source;

import java.util.Optional;

/**
 * Which events of a source are dispatched one after the other, in the order in which they were received.
 *
 * @param pointer of the key within the body, as a JSON pointer: those with the same key; empty for all events of the source
 */
public record SourceOrder(Optional<String> pointer) {}
