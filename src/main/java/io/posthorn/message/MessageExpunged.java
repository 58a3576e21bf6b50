package io.posthorn.message;

/** Fired in the transaction that removes a message's content; nothing of it can be sent any more. */
public record MessageExpunged(String messageId) {}
