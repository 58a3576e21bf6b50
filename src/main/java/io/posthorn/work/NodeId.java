package io.posthorn.work;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names the claims that this run of this node makes on rows. A claim is unique, so that a node which lost its lease
 * cannot mistake a later claim, even one of its own, for the one it still works under.
 */
final class NodeId {

    private static final String RUN = random();
    private static final AtomicLong COUNTER = new AtomicLong();

    private NodeId() {}

    static String nextClaim() {
        return RUN + "-" + COUNTER.incrementAndGet();
    }

    private static String random() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
