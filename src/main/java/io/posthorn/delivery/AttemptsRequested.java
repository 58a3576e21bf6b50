package io.posthorn.delivery;

/** Fired in the transaction that makes deliveries due which nobody has just published. */
record AttemptsRequested() {}
