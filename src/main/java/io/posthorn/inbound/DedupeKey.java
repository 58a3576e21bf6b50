package io.posthorn.inbound;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes two arrivals at one source the same event: the sender's id or, where it gives none, the body itself. */
final class DedupeKey {

    private DedupeKey() {}

    static String of(Arrival arrival) {
        return arrival.externalId()
                .map(id -> "id:" + id)
                .orElseGet(() -> "sha256:" + hash(arrival.request().body()));
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
