package io.posthorn.work;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a node has claimed and not finished yet, so that it can stop without leaving work behind that nobody may touch. */
public final class WorkInProgress {

    private final Set<Claimed> claims = ConcurrentHashMap.newKeySet();
    private final Lock claiming = new ReentrantLock();
    private volatile boolean stopping;

    /**
     * Claims work, unless the node is stopping. Each item is in progress until it is {@link #done}.
     *
     * @param claim claims rows; called under a lock, so that no claim escapes whoever waits for the last of them
     * @param row of an item
     * @return what was claimed; nothing if the node is stopping
     */
    public <T> List<T> claim(Supplier<List<T>> claim, Function<T, Claimed> row) {
        claiming.lock();
        try {
            if (stopping) {
                return List.of();
            }
            List<T> items = claim.get();
            items.forEach(item -> claims.add(row.apply(item)));
            return items;
        } finally {
            claiming.unlock();
        }
    }

    public void done(Claimed row) {
        claims.remove(row);
        if (stopping) {
            synchronized (claims) {
                claims.notifyAll();
            }
        }
    }

    public int size() {
        return claims.size();
    }

    /** The claims at this moment. */
    public List<Claimed> all() {
        return List.copyOf(claims);
    }

    /** From now on nothing is claimed. A claim that is being made is still made. */
    public void stopClaiming() {
        stopping = true;
    }

    /**
     * Waits for everything to be done, once claiming has stopped.
     *
     * @param limit after which the waiting ends in any case
     * @return what is left
     */
    public Collection<Claimed> awaitDone(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        if (claiming.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            claiming.unlock();
        }
        synchronized (claims) {
            long millis = millisUntil(deadline);
            while (!claims.isEmpty() && millis > 0) {
                claims.wait(millis);
                millis = millisUntil(deadline);
            }
        }
        return all();
    }

    private static long millisUntil(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
}
