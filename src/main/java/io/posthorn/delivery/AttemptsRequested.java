package io.posthorn.delivery;

import java.util.Optional;

/**
 * Fired in the transaction that makes deliveries due which nobody has just published.
 *
 * @param alone the delivery that somebody wants sent by hand, if it is that one and no other
 */
record AttemptsRequested(Optional<String> alone) {}
